package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QuantileForecastTest {

    /** Independent errors of standard deviation 1 a step: their sums have the square root of the steps. */
    private static final QuantileForecast FORECAST = new QuantileForecast(
            new double[] {10, 20, 30, 40},
            new double[] {5, 15, 25, 35},
            new double[] {10, 20, 30, 40},
            new double[] {15, 25, 35, 45},
            new double[] {1, Math.sqrt(2), Math.sqrt(3), 2},
            DemandClass.SMOOTH,
            "naive",
            Map.of("naive", 1.0),
            "for a test");

    @Test
    void stepsThatBeginWithinTheFirstAreMixedOfNeighbours() {
        QuantileForecast later = FORECAST.startingAfter(0.25);
        assertThat(later.mean()).containsExactly(12.5, 22.5, 32.5);
        assertThat(later.p90()).containsExactly(17.5, 27.5, 37.5);
        assertThat(later.cumulativeSd()).containsExactly(1, Math.sqrt(2), Math.sqrt(3));
    }

    @Test
    void stepsThatPassedUnseenAreLeftOutAndTheSumsBeginBehindThem() {
        QuantileForecast later = FORECAST.startingAfter(1.5);
        assertThat(later.mean()).containsExactly(25, 35);
        assertThat(later.p10()).containsExactly(20, 30);
        assertThat(later.cumulativeSd()).containsExactly(new double[] {1, Math.sqrt(2)}, within(1e-12));
    }
}
