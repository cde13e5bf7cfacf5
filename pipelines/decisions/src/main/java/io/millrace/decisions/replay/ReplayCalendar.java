package io.millrace.decisions.replay;

import io.millrace.decisions.Require;
import java.io.Serializable;

/**
 * The days that are lived through again. Orders are decided at the end of each date and placed for the day after; nothing is
 * ordered between dates.
 *
 * @param dates days on which is decided, ascending, counted from 1970-01-01
 * @param end   last day lived through
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReplayCalendar(int[] dates, int end) implements Serializable {

    /** Refuses a calendar without dates, dates that do not rise, and one without a day after the last date. */
    public ReplayCalendar {
        Require.that(dates.length > 0, "no date on which to decide; give one or more");
        for (int i = 1; i < dates.length; i++) {
            Require.that(dates[i] > dates[i - 1], "dates do not rise: %s after %s", dates[i], dates[i - 1]);
        }
        Require.that(end > dates[dates.length - 1], "no day is left after the last date; end later");
    }

    /** Number of dates. */
    public int periods() {
        return dates.length;
    }

    /** Last day before the orders of the next date count, or the end. */
    public int lastDay(int period) {
        return period + 1 < dates.length ? dates[period + 1] : end;
    }

    /** Days from a date to the next, or to the end. */
    public int days(int period) {
        return lastDay(period) - dates[period];
    }

    /** Days between two dates as a policy may count on them, from the first two. */
    public int reviewDays() {
        return days(0);
    }
}
