package io.millrace.decisions.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {

    /** Abramowitz and Stegun, tables 26.1 and 26.2. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "0.5, 0.6914624612740131",
        "1, 0.8413447460685429",
        "1.96, 0.9750021048517795",
        "2.99, 0.9986051127645077",
        "3.01, 0.9986937615512306",
        "-1, 0.15865525393145705",
        "-5, 2.866515718791939e-7",
        "-10, 7.619853024160527e-24",
        "-20, 2.753624118606233e-89"
    })
    void distributionFunctionMatchesTheTables(double z, double probability) {
        assertThat(StandardNormal.cdf(z)).isCloseTo(probability, Percentage.withPercentage(1e-10));
    }

    @Property
    void quantileInvertsTheDistributionFunction(
            @ForAll @Scale(12) @DoubleRange(min = 1e-12, max = 0.999999999) double p) {
        assertThat(StandardNormal.cdf(StandardNormal.quantile(p))).isCloseTo(p, Percentage.withPercentage(1e-9));
    }

    @Property(tries = 40)
    void lossesAreTheIntegralsOfTheTail(@ForAll @DoubleRange(min = -4, max = 4) double z) {
        double loss = 0;
        double secondLoss = 0;
        double step = 1e-3;
        for (double x = z + step / 2; x < 12; x += step) {
            loss += StandardNormal.survival(x) * step;
            secondLoss += (x - z) * StandardNormal.survival(x) * step;
        }
        assertThat(StandardNormal.loss(z)).isCloseTo(loss, within(1e-6));
        assertThat(StandardNormal.secondLoss(z)).isCloseTo(secondLoss, within(1e-6));
    }

    @Test
    void theTailsEnd() {
        assertThat(StandardNormal.cdf(-50)).isZero();
        assertThat(StandardNormal.cdf(50)).isOne();
        assertThat(StandardNormal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(StandardNormal.loss(40)).isZero();
    }
}
