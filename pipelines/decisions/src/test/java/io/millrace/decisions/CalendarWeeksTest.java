package io.millrace.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CalendarWeeksTest {

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    @Test
    void aWeekIsClosedOnItsSunday() {
        assertThat(CalendarWeeks.lastClosed(day("2011-06-05"))).as("a Sunday").isEqualTo(day("2011-06-05"));
        assertThat(CalendarWeeks.lastClosed(day("2011-06-04"))).isEqualTo(day("2011-05-29"));
        assertThat(CalendarWeeks.lastClosed(day("2011-06-06"))).isEqualTo(day("2011-06-05"));
        assertThat(CalendarWeeks.lastClosed(day("1969-12-31"))).isEqualTo(day("1969-12-28"));
    }

    /** Nothing changes from Sunday to Saturday, whatever is sold. */
    @Test
    void theOpenWeekIsLeftOut() {
        int[] days = {day("2011-05-23"), day("2011-06-05"), day("2011-05-29"), day("2011-06-06"), day("2011-06-11")};
        double[] units = {1, 2, 4, 8, 16};
        for (int today = day("2011-06-05"); today < day("2011-06-12"); today++) {
            assertThat(CalendarWeeks.closed(days, units, today, 52)).containsExactly(5, 2);
        }
        assertThat(CalendarWeeks.closed(days, units, day("2011-06-12"), 52)).containsExactly(5, 2, 24);
        assertThat(CalendarWeeks.closed(days, units, day("2011-06-19"), 52))
                .as("a week without a sale")
                .containsExactly(5, 2, 24, 0);
        assertThat(CalendarWeeks.closed(days, units, day("2011-06-12"), 2)).containsExactly(2, 24);
        assertThat(CalendarWeeks.closed(days, units, day("2011-05-28"), 52))
                .as("no week has ended")
                .isEmpty();
    }

    @Test
    void dailyFiguresStartAtTheFirstSale() {
        double[] daily = {0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 5};
        assertThat(CalendarWeeks.closed(daily, day("2011-05-23"), day("2011-06-12"), 52))
                .containsExactly(3, 5);
    }
}
