package io.millrace.nightly.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands beside a probability: band, money, reasons. */
class ChurnScoreTest {

    @Test
    void bandsAreRelativeToTheBaseRate() {
        assertThat(RiskBand.of(0.09, 0.10)).isEqualTo(RiskBand.LOW);
        assertThat(RiskBand.of(0.10, 0.10)).isEqualTo(RiskBand.MEDIUM);
        // Twice the odds of 1 to 9 are 2 to 9, which is a probability of 2 / 11.
        assertThat(RiskBand.of(2 / 11.0 - 1e-9, 0.10)).isEqualTo(RiskBand.MEDIUM);
        assertThat(RiskBand.of(2 / 11.0 + 1e-9, 0.10)).isEqualTo(RiskBand.HIGH);
        assertThat(RiskBand.of(0.85, 0.80)).isEqualTo(RiskBand.MEDIUM);
        assertThat(RiskBand.of(1, 0.80)).isEqualTo(RiskBand.HIGH);
    }

    @Test
    void whatWouldBeLostIsTheMarginOfTheHorizonAtTheRateOfTheLastYear() {
        ValueAtRisk atRisk = new ValueAtRisk(73, 0.5);

        assertThat(atRisk.of(1000, 800)).isEqualByComparingTo("100.00");
        // A customer of 146 days made their revenue in 146 days; one of ten days is not taken to go on like that.
        assertThat(atRisk.of(1000, 146)).isEqualByComparingTo("250.00");
        assertThat(atRisk.of(1000, 10)).isEqualByComparingTo("500.00");
        assertThat(atRisk.of(-50, 800)).isEqualByComparingTo("0.00");
        assertThat(atRisk.of(Double.NaN, Double.NaN)).isEqualByComparingTo("0.00");
    }

    @Test
    void reasonsAreTheThreeStrongestInEitherDirection() {
        String json = Reasons.json(
                List.of("a", "b", "c", "d", "e"),
                new double[] {1, Double.NaN, 0.123456, 4, 5},
                new double[] {0.1, -0.9, 0.5, 0, -0.2, 7});

        assertThat(json)
                .isEqualTo("[{\"feature\":\"b\",\"value\":null,\"effect\":-0.9},"
                        + "{\"feature\":\"c\",\"value\":0.1235,\"effect\":0.5},"
                        + "{\"feature\":\"e\",\"value\":5,\"effect\":-0.2}]");
    }
}
