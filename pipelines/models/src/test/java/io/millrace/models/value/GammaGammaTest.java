package io.millrace.models.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.value.Quadrature.Density;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class GammaGammaTest {

    /** As published for CDNOW, dollars. */
    private static final GammaGamma CDNOW = new GammaGamma(6.25, 3.74, 15.44);

    /** The paper: the mean over customers is 35, whoever's mean is far above is expected nearer to it, the more so with few purchases. */
    @Test
    void theFewerPurchasesAreKnownTheNearerIsTheMeanOfAll() {
        assertThat(CDNOW.expected(0, 0)).isCloseTo(6.25 * 15.44 / 2.74, within(1e-9));
        assertThat(CDNOW.expected(1, 100)).isBetween(CDNOW.expected(0, 0), 100.0);
        assertThat(CDNOW.expected(10, 100)).isBetween(CDNOW.expected(1, 100), 100.0);
        assertThat(CDNOW.expected(1, 5)).isBetween(5.0, CDNOW.expected(0, 0));
    }

    @Test
    void likelihoodAndMeanAreWhatIntegrationOverCustomersGives() {
        int n = 3;
        double mean = 21;
        // The scale of a customer's amounts, in dollars to the minus one.
        Density scales = Density.gamma(CDNOW.q(), CDNOW.gamma());
        double likelihood = Quadrature.integral(scales.end(), scale -> density(scales, scale, n, mean));
        double expected = Quadrature.integral(
                scales.end(), scale -> scale == 0 ? 0 : CDNOW.p() / scale * density(scales, scale, n, mean));
        assertThat(CDNOW.logLikelihood(new int[] {n}, new double[] {mean}))
                .isCloseTo(Math.log(likelihood), within(1e-7));
        assertThat(CDNOW.expected(n, mean)).isCloseTo(expected / likelihood, Percentage.withPercentage(1e-4));
    }

    private static double density(Density scales, double scale, int n, double mean) {
        return scales.at().applyAsDouble(scale) * new GammaDistribution(CDNOW.p() * n, 1 / (n * scale)).density(mean);
    }

    @Test
    void parametersOfSimulatedCustomersAreFoundAgainInAnyCurrency() {
        SimulatedCustomers customers = new SimulatedCustomers(3);
        List<GammaGamma.Spent> spent = IntStream.range(0, 6000)
                .mapToObj(i -> customers.spent(CDNOW, 1 + i % 6))
                .toList();
        GammaGamma found = GammaGamma.fit(spent);
        // Six thousand customers leave p a standard error of a tenth.
        assertThat(found.p()).isCloseTo(6.25, Percentage.withPercentage(25));
        assertThat(found.q()).isCloseTo(3.74, Percentage.withPercentage(10));
        assertThat(found.gamma()).isCloseTo(15.44, Percentage.withPercentage(20));
        GammaGamma cents = GammaGamma.fit(spent.stream()
                .map(s -> new GammaGamma.Spent(s.purchases(), 1e6 * s.mean()))
                .toList());
        assertThat(cents.p()).isCloseTo(found.p(), Percentage.withPercentage(0.1));
        assertThat(cents.expected(2, 30e6)).isCloseTo(1e6 * found.expected(2, 30), Percentage.withPercentage(0.1));
    }

    @Test
    void equalAmountsGiveThatAmount() {
        GammaGamma found = GammaGamma.fit(Collections.nCopies(50, new GammaGamma.Spent(3, 9.99)));
        assertThat(found.expected(0, 0)).isCloseTo(9.99, within(0.1));
        assertThat(found.expected(3, 9.99)).isCloseTo(9.99, within(0.1));
        assertThat(GammaGamma.ofMean(7).expected(4, 1000)).isCloseTo(7, within(0.001));
        assertThat(GammaGamma.ofMean(0).expected(4, 0)).isZero();
    }

    @Test
    void withoutAMeanThereIsNoSuchModel() {
        assertThatThrownBy(() -> new GammaGamma(2, 1, 3)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new GammaGamma(2, 3, Double.NaN)).hasMessageContaining("gamma");
    }
}
