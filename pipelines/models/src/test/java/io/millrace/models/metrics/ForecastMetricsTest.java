package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForecastMetricsTest {

    private static final double[] ACTUAL = {10, 20, 0};
    private static final double[] FORECAST = {12, 15, 0};

    @Test
    void computesAsByHand() {
        assertThat(ForecastMetrics.smape(ACTUAL, FORECAST))
                .isCloseTo((200 * 2 / 22.0 + 200 * 5 / 35.0) / 3, within(1e-12));
        assertThat(ForecastMetrics.mae(ACTUAL, FORECAST)).isCloseTo(7 / 3.0, within(1e-12));
        assertThat(ForecastMetrics.wape(ACTUAL, FORECAST)).isCloseTo(7 / 30.0, within(1e-12));
        assertThat(ForecastMetrics.rmse(ACTUAL, FORECAST)).isCloseTo(Math.sqrt(29 / 3.0), within(1e-12));
        assertThat(ForecastMetrics.pinball(0.9, ACTUAL, FORECAST)).isCloseTo((0.1 * 2 + 0.9 * 5) / 3, within(1e-12));
        assertThat(ForecastMetrics.coverage(ACTUAL, new double[] {10, 21, -1}, new double[] {11, 30, 1}))
                .isCloseTo(2 / 3.0, within(1e-12));
        assertThat(ForecastMetrics.owa(9, 2, 10, 4)).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void scalesByTheNaiveErrorWithinTheHistory() {
        double[] history = {1, 5, 2, 7, 4};
        assertThat(ForecastMetrics.naiveScale(history, 1)).isEqualTo((4 + 3 + 5 + 3) / 4.0);
        assertThat(ForecastMetrics.naiveScale(history, 2)).isEqualTo((1 + 2 + 2) / 3.0);
        assertThat(ForecastMetrics.naiveScale(history, 12)).isEqualTo(15 / 4.0);
        assertThat(ForecastMetrics.mase(history, 2, ACTUAL, FORECAST)).isCloseTo(7 / 5.0, within(1e-12));
        assertThat(ForecastMetrics.mase(new double[] {3, 3}, 1, ACTUAL, FORECAST))
                .isNaN();
        assertThat(ForecastMetrics.naiveScale(new double[] {3}, 1)).isZero();
    }

    @Test
    void scalesSquaresByTheNaiveErrorSinceTheFirstDemand() {
        assertThat(ForecastMetrics.rmsse(new double[] {0, 0, 3, 5, 1}, ACTUAL, FORECAST))
                .isCloseTo(Math.sqrt(29 / 3.0 / ((4 + 16) / 2.0)), within(1e-12));
        assertThat(ForecastMetrics.rmsse(new double[] {0, 0, 3}, ACTUAL, FORECAST))
                .isNaN();
        assertThat(ForecastMetrics.rmsse(new double[] {0, 3, 3}, ACTUAL, FORECAST))
                .isNaN();
        assertThat(ForecastMetrics.rmsse(new double[2], ACTUAL, FORECAST)).isNaN();
    }

    @Test
    void smapeOfHugeNumbersDoesNotOverflow() {
        assertThat(ForecastMetrics.smape(new double[] {Double.MAX_VALUE}, new double[] {-Double.MAX_VALUE}))
                .isEqualTo(200);
    }

    @Test
    void refusesForecastsOfAnotherLength() {
        assertThatThrownBy(() -> ForecastMetrics.rmse(new double[3], new double[2]))
                .hasMessageContaining("3 actual values and 2 forecasts");
        assertThatThrownBy(() -> ForecastMetrics.pinball(1, ACTUAL, FORECAST)).hasMessageContaining("quantile is 1.0");
    }
}
