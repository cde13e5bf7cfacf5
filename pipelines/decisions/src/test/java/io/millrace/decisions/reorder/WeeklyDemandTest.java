package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeeklyDemandTest {

    private static final WeeklyDemand RISING = new WeeklyDemand(
            new double[] {7, 14, 21},
            new double[] {7, 14, 21},
            new double[] {7, 14, 21},
            new double[] {7, 14, 21},
            new double[0]);

    @Test
    void demandOverDaysCutsWeeksAndGoesOnAtTheAverage() {
        assertThat(RISING.expected(0)).isZero();
        assertThat(RISING.expected(3)).isCloseTo(3, within(1e-12));
        assertThat(RISING.expected(10)).isCloseTo(7 + 6, within(1e-12));
        assertThat(RISING.expected(21)).isCloseTo(42, within(1e-12));
        assertThat(RISING.expected(28)).isCloseTo(42 + 14, within(1e-12));
    }

    @Test
    void varianceComesFromTheQuantilesOrFromAnIntermittentHistory() {
        double[] ten = ReorderLines.weeks(10);
        WeeklyDemand steady =
                new WeeklyDemand(ten, ReorderLines.weeks(7), ten, ReorderLines.weeks(12.1263), new double[0]);
        assertThat(steady.variance(14)).isCloseTo(2 * 4, within(1e-3));
        double[] none = ReorderLines.weeks(0);
        WeeklyDemand lumpy = new WeeklyDemand(ReorderLines.weeks(1), none, none, none, new double[] {0, 0, 0, 4});
        assertThat(lumpy.isIntermittent()).isTrue();
        assertThat(lumpy.variance(7)).isCloseTo(4, within(1e-12));
    }

    /** Errors that go together: 3 a week would add up to 3√k if they were independent, and add up to 3k. */
    @Test
    void varianceOfATotalIsThatOfItsOwnErrors() {
        double[] ten = ReorderLines.weeks(10);
        double[] sums = new double[13];
        java.util.Arrays.setAll(sums, k -> 3.0 * (k + 1));
        WeeklyDemand together = new WeeklyDemand(ten, ten, ten, ten, sums, new double[] {10, 11, 9, 10});
        assertThat(together.variance(0)).isZero();
        assertThat(together.variance(7)).isCloseTo(9, within(1e-12));
        assertThat(together.variance(14)).isCloseTo(36, within(1e-12));
        assertThat(together.variance(17.5)).as("a straight line between").isCloseTo((36 + 81) / 2.0, within(1e-12));
        assertThat(together.variance(26 * 7)).as("in proportion beyond").isCloseTo(2 * 39 * 39, within(1e-9));
        assertThat(together.weeklyVariance(28)).isCloseTo(9, within(1e-12));
        assertThatThrownBy(() -> new WeeklyDemand(ten, ten, ten, ten, new double[4], new double[0]))
                .hasMessageContaining("13 weeks and 4 standard deviations");
    }

    /** Backtests of a product that seldom sells may see no sale at all; what it once sold still varies. */
    @Test
    void intermittentDemandVariesAtLeastAsItDid() {
        double[] none = ReorderLines.weeks(0);
        WeeklyDemand lumpy = new WeeklyDemand(ReorderLines.weeks(1), none, none, none, none, new double[] {0, 0, 0, 4});
        assertThat(lumpy.variance(14)).isCloseTo(8, within(1e-12));
    }

    /** Quantiles that no demand of such a mean can have: a fifth of the weeks cannot bring a thousand units each. */
    @Test
    void varianceIsBoundByWhatAWeekCanBring() {
        double[] mean = ReorderLines.weeks(0.5);
        double[] none = ReorderLines.weeks(0);
        WeeklyDemand ceased = new WeeklyDemand(mean, none, none, ReorderLines.weeks(2000), new double[] {40, 3, 2, 9});
        assertThat(ceased.mostInAWeek()).isEqualTo(80);
        assertThat(ceased.variance(7)).isCloseTo(0.5 * 79.5, within(1e-12));
        assertThat(RISING.mostInAWeek())
                .as("without history the forecast tells")
                .isEqualTo(42);
    }

    @Test
    void wholeUnitsAndAveragesAreReadFromTheHistory() {
        double[] one = ReorderLines.weeks(1);
        assertThat(new WeeklyDemand(one, one, one, one, new double[] {1, 2.5}).comesInWholeUnits())
                .isFalse();
        WeeklyDemand counted = new WeeklyDemand(one, one, one, one, new double[] {9, 2, 4});
        assertThat(counted.comesInWholeUnits()).isTrue();
        assertThat(counted.movingAverage(2)).isEqualTo(3);
        assertThat(counted.movingAverage(13)).isEqualTo(5);
        assertThat(RISING.movingAverage(13)).isCloseTo(14, within(1e-12));
    }

    @Test
    void nonsenseIsRefused() {
        double[] one = {1};
        assertThatThrownBy(() -> new WeeklyDemand(new double[0], one, one, one, one))
                .hasMessageContaining("no weeks");
        assertThatThrownBy(() -> new WeeklyDemand(one, one, new double[] {0.5}, one, one))
                .hasMessageContaining("week 1 cross");
        assertThatThrownBy(() -> new WeeklyDemand(one, one, one, one, new double[] {-3}))
                .hasMessageContaining("returns are not demand");
    }
}
