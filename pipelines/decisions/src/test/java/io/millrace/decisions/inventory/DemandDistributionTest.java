package io.millrace.decisions.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DemandDistributionTest {

    @Provide
    Arbitrary<DemandDistribution> distributions() {
        Arbitrary<Double> means = Arbitraries.doubles().between(0.2, 60);
        Arbitrary<Double> spreads = Arbitraries.doubles().between(0.15, 1.6);
        return Combinators.combine(means, spreads, Arbitraries.integers().between(0, 4))
                .as(DemandDistributionTest::distribution);
    }

    private static DemandDistribution distribution(double mean, double spread, int kind) {
        return switch (kind) {
            case 0 -> new NormalDemand(mean, spread * mean);
            case 1 -> new GammaDemand(mean, spread * mean);
            case 2 -> DiscreteDemand.poisson(mean);
            case 3 -> DiscreteDemand.negativeBinomial(mean, mean * (1 + spread));
            default -> DiscreteDemand.binomial((int) (2 * mean) + 1, 0.3);
        };
    }

    @Property(tries = 200)
    void quantileIsTheSmallestLevelThatCovers(
            @ForAll("distributions") DemandDistribution demand, @ForAll @DoubleRange(min = 0.01, max = 0.99) double p) {
        double level = demand.quantile(p);
        assertThat(demand.cdf(level)).isGreaterThanOrEqualTo(p - 1e-9);
        double below = demand instanceof DiscreteDemand ? level - 1 : level - 1e-4 * demand.mean();
        assertThat(demand.cdf(below)).isLessThan(p);
    }

    @Property(tries = 200)
    void lossIsTheIntegralOfTheTail(
            @ForAll("distributions") DemandDistribution demand,
            @ForAll @DoubleRange(min = -0.5, max = 3) double times) {
        double x = times * demand.mean();
        double high = x + demand.mean() + 14 * demand.standardDeviation();
        int steps = 40_000;
        double width = (high - x) / steps;
        double integral = 0;
        for (int i = 0; i < steps; i++) {
            integral += (1 - demand.cdf(x + (i + 0.5) * width)) * width;
        }
        assertThat(demand.loss(x)).isCloseTo(integral, within(2e-3 * (1 + demand.mean())));
    }

    @Property(tries = 40)
    void samplesFollowTheDistribution(@ForAll("distributions") DemandDistribution demand, @ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] drawn = new double[20_000];
        Arrays.setAll(drawn, i -> demand.sample(random));
        for (double p : new double[] {0.1, 0.5, 0.9}) {
            double level = demand.quantile(p);
            double share = (double)
                            Arrays.stream(drawn).filter(units -> units <= level).count()
                    / drawn.length;
            assertThat(share).as("at or below the %s quantile", p).isCloseTo(demand.cdf(level), within(0.025));
        }
        double standardError = demand.standardDeviation() / Math.sqrt(drawn.length);
        assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(demand.mean(), within(6 * standardError));
    }

    /** Where the fit passes from counts to gamma, both say nearly the same: a step of the fit is no step of a plan. */
    @Test
    void gammaStandsInForWidelyDispersedCounts() {
        for (double mean : new double[] {0.01, 0.1, 1, 9.9}) {
            DemandDistribution counts = DemandFit.ofMoments(mean, 199.9 * mean, true);
            DemandDistribution density = DemandFit.ofMoments(mean, 200.1 * mean, true);
            assertThat(counts).isInstanceOf(DiscreteDemand.class);
            assertThat(density).isInstanceOf(GammaDemand.class);
            for (double p : new double[] {0.5, 0.8, 0.95, 0.999}) {
                assertThat(density.quantile(p)).isCloseTo(counts.quantile(p), within(1 + 0.01 * counts.quantile(p)));
            }
            for (double level = 0; level < 1000; level += 50) {
                assertThat(density.loss(level)).isCloseTo(counts.loss(level), within(0.01 * mean));
            }
        }
    }

    /** From next to nothing to far beyond any warehouse: no table, series or search may grow with the numbers. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyMomentsMakeADistributionThatAnswers() {
        RandomGenerator random = new SplittableRandom(1);
        for (int scale = -9; scale <= 12; scale++) {
            for (int spread = -12; spread <= 30; spread++) {
                double mean = Math.pow(10, scale);
                DemandDistribution demand = DemandFit.ofMoments(mean, Math.pow(10, spread), scale % 2 == 0);
                assertThat(demand.quantile(0.999))
                        .isBetween(demand.quantile(0.5), mean + 1000 * (1 + demand.standardDeviation()));
                assertThat(demand.loss(0)).isCloseTo(mean, Percentage.withPercentage(3));
                assertThat(demand.loss(10 * mean)).isBetween(0.0, 1.03 * mean);
                assertThat(demand.sample(random)).isFinite();
            }
        }
    }

    @Test
    void momentsAreThoseAskedFor() {
        assertThat(DiscreteDemand.poisson(3.7).mean()).isCloseTo(3.7, within(1e-12));
        assertThat(DiscreteDemand.poisson(2500).variance()).isCloseTo(2500, within(1e-6));
        assertThat(DiscreteDemand.negativeBinomial(0.4, 1.9).mean()).isCloseTo(0.4, within(1e-12));
        assertThat(DiscreteDemand.negativeBinomial(0.4, 1.9).variance()).isCloseTo(1.9, within(1e-10));
        assertThat(DiscreteDemand.binomial(12, 0.25).variance()).isCloseTo(2.25, within(1e-12));
        assertThat(DiscreteDemand.roundedNormal(50, 8).mean()).isCloseTo(50, within(1e-6));
    }

    /** Poisson probabilities from their definition, λ^k e^−λ / k!. */
    @Test
    void poissonMatchesItsFormula() {
        DiscreteDemand demand = DiscreteDemand.poisson(6);
        double probability = Math.exp(-6);
        for (int k = 0; k < 25; k++) {
            assertThat(demand.probability(k)).isCloseTo(probability, Percentage.withPercentage(1e-9));
            probability *= 6.0 / (k + 1);
        }
    }

    @Test
    void sumsOfPeriodsAreConvolutions() {
        DiscreteDemand seven = DiscreteDemand.poisson(1.5).over(7);
        DiscreteDemand direct = DiscreteDemand.poisson(10.5);
        for (int k = 0; k < 40; k++) {
            assertThat(seven.probability(k)).isCloseTo(direct.probability(k), within(1e-13));
        }
        assertThat(DiscreteDemand.empirical(0, 0, 3).over(2).probability(3)).isCloseTo(4.0 / 9, within(1e-15));
        assertThat(DiscreteDemand.constant(4).over(0).quantile(0.9)).isZero();
    }

    /** A gamma of shape 1 is exponential. */
    @Test
    void gammaOfShapeOneIsExponential() {
        GammaDemand demand = new GammaDemand(5, 5);
        assertThat(demand.cdf(5)).isCloseTo(1 - Math.exp(-1), within(1e-13));
        assertThat(demand.loss(5)).isCloseTo(5 * Math.exp(-1), within(1e-12));
        assertThat(demand.quantile(0.99)).isCloseTo(-5 * Math.log(0.01), within(1e-9));
    }

    @Test
    void theFamilyFollowsVolumeAndVariability() {
        assertThat(DemandFit.ofMoments(100, 400, true)).isInstanceOf(NormalDemand.class);
        assertThat(DemandFit.ofMoments(100, 10_000, true)).isInstanceOf(GammaDemand.class);
        assertThat(DemandFit.ofMoments(2, 7, true)).isInstanceOf(DiscreteDemand.class);
        assertThat(DemandFit.ofMoments(2, 7, false)).isInstanceOf(GammaDemand.class);
        assertThat(DemandFit.ofMoments(2, 7, true).variance()).isCloseTo(7, within(1e-9));
        assertThat(DemandFit.ofMoments(2, 1, true).variance()).isCloseTo(2, within(1e-9));
        assertThat(DemandFit.ofMoments(0, 0, true).quantile(0.99)).isZero();
    }

    @Test
    void aQuantileTooSmallForAnyNumberIsFoundAllTheSame() {
        GammaDemand erratic = new GammaDemand(10, 300);
        assertThat(erratic.quantile(0.01)).isBetween(0.0, 1e-10);
        assertThat(erratic.cdf(erratic.quantile(0.999))).isCloseTo(0.999, within(1e-9));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> DiscreteDemand.negativeBinomial(10, 1e12))
                .hasMessageContaining("too much for a table");

        assertThatThrownBy(() -> DiscreteDemand.of(0.5, 0.4)).hasMessageContaining("add up to 0.9");
        assertThatThrownBy(() -> DiscreteDemand.negativeBinomial(3, 2)).hasMessageContaining("use Poisson");
        assertThatThrownBy(() -> DiscreteDemand.empirical(1, 2.5)).hasMessageContaining("2.5");
        assertThatThrownBy(() -> DiscreteDemand.negativeBinomial(1, 1e9)).hasMessageContaining("continuous");
        assertThatThrownBy(() -> DiscreteDemand.poisson(1e12)).hasMessageContaining("continuous");
        assertThatThrownBy(() -> new NormalDemand(5, 0)).hasMessageContaining("above 0");
    }
}
