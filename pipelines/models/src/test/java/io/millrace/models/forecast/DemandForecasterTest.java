package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DemandForecasterTest {

    private final DemandForecaster weekly = DemandForecaster.of(1, "weeks");

    @Provide
    Arbitrary<double[]> histories() {
        Arbitrary<Double> any = Arbitraries.oneOf(
                Arbitraries.just(0.0),
                Arbitraries.integers().between(-5, 20).map(i -> (double) i),
                Arbitraries.doubles().between(-1e6, 1e6),
                Arbitraries.of(1e-300, -1e300, 1e307, -Double.MAX_VALUE, Double.MAX_VALUE));
        return any.array(double[].class).ofMinSize(1).ofMaxSize(60);
    }

    @Property(tries = 200)
    void quantilesNeverCrossAreFiniteAndDemandIsNeverNegative(@ForAll("histories") double[] history) {
        QuantileForecast forecast = weekly.forecast(history, 8);
        assertThat(forecast.horizon()).isEqualTo(8);
        for (double[] values : new double[][] {forecast.mean(), forecast.p10(), forecast.p50(), forecast.p90()}) {
            assertThat(DoubleStream.of(values).allMatch(v -> Double.isFinite(v) && v >= 0))
                    .isTrue();
        }
    }

    @Test
    void aConstantIsCertain() {
        double[] history = new double[30];
        Arrays.fill(history, 5);
        QuantileForecast forecast = weekly.forecast(history, 3);
        assertThat(forecast.p10()).containsExactly(new double[] {5, 5, 5}, within(1e-6));
        assertThat(forecast.p90()).containsExactly(new double[] {5, 5, 5}, within(1e-6));
    }

    @Test
    void aSinglePointIsContinuedAndVeryUncertain() {
        QuantileForecast forecast = weekly.forecast(new double[] {10}, 2);
        assertThat(forecast.mean()).containsExactly(new double[] {10, 10}, within(1e-9));
        assertThat(forecast.p10()[0]).isZero();
        assertThat(forecast.p90()[0]).isGreaterThan(20);
        assertThat(forecast.reason()).endsWith("because 1 weeks of history are too few to compare methods");
    }

    @Test
    void theReasonNamesTheMethodsTheErrorAndTheEvidence() {
        QuantileForecast forecast = weekly.forecast(ForecasterContractTest.seasonal(104), 13);
        assertThat(forecast.reason())
                .contains("rolling-origin RMSSE ")
                .contains("candidates for smooth demand over 8 origins, 104 weeks of history");
        assertThat(forecast.shares().values().stream()
                        .mapToDouble(share -> share)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void returnsMayBeForecastWhereTheyAreAskedFor() {
        double[] returns = DoubleStream.generate(() -> -4).limit(20).toArray();
        assertThat(DemandForecaster.ofAny(1, "weeks").forecast(returns, 1).mean()[0])
                .isCloseTo(-4, within(1e-6));
        assertThat(weekly.forecast(returns, 1).mean()[0]).isZero();
    }

    /** The members are told apart: a walk is best left where it is, a line extended, sporadic demand averaged. */
    @Test
    void theChoiceIsAboutAsGoodAsTheBestMember() {
        SplittableRandom random = new SplittableRandom(1);
        AutomaticForecaster automatic = new AutomaticForecaster(1, CompanyLessons.NONE);
        double ofChoice = 0;
        double ofBest = Double.POSITIVE_INFINITY;
        double[][] walks = new double[60][90];
        for (double[] walk : walks) {
            walk[0] = 100;
            for (int t = 1; t < walk.length; t++) {
                walk[t] = walk[t - 1] + random.nextGaussian();
            }
            ofChoice += error(automatic, walk);
        }
        for (Forecaster member :
                Candidates.of(DemandClass.SMOOTH, 1, new double[80], 10, null).methods()) {
            ofBest = Math.min(
                    ofBest,
                    Arrays.stream(walks)
                            .mapToDouble(walk -> error(member, walk))
                            .sum());
        }
        assertThat(ofChoice).isLessThan(1.1 * ofBest);
    }

    private static double error(Forecaster forecaster, double[] walk) {
        double[] forecast = forecaster.forecast(Arrays.copyOf(walk, 80), 10);
        double sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += Math.abs(walk[80 + i] - forecast[i]);
        }
        return sum;
    }

    @Test
    void eightTimesInTenWhatComesIsBetweenTheOuterQuantiles() {
        SplittableRandom random = new SplittableRandom(2);
        int inside = 0;
        for (int series = 0; series < 200; series++) {
            double[] values = new double[116];
            Arrays.setAll(values, t -> Math.max(0, Math.round(30 + 6 * random.nextGaussian())));
            QuantileForecast forecast = weekly.forecast(Arrays.copyOf(values, 104), 12);
            for (int i = 0; i < 12; i++) {
                double value = values[104 + i];
                inside += value >= forecast.p10()[i] && value <= forecast.p90()[i] ? 1 : 0;
            }
        }
        assertThat(inside / 2400.0).isBetween(0.74, 0.88);
    }

    @Test
    void comparesMethodsInOneRun() {
        assertThat(weekly.compare(ForecasterContractTest.seasonal(60), 4, List.of(new Naive(), Croston.sba())))
                .containsOnlyKeys("automatic", "naive", "sba");
    }
}
