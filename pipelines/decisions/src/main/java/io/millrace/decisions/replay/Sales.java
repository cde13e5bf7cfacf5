package io.millrace.decisions.replay;

import io.millrace.decisions.CalendarWeeks;
import io.millrace.decisions.Require;
import java.util.Arrays;

/**
 * What was sold of a product at a site. Days count from 1970-01-01.
 *
 * @param days  of the sales
 * @param known day from which each was known; a sale that was delivered late is no part of what was known before
 * @param units of each, above 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sales(int[] days, int[] known, double[] units) {

    /** Refuses arrays of different lengths and sales of nothing. */
    public Sales {
        Require.that(
                days.length == known.length && days.length == units.length,
                "%s days, %s days from which they were known and %s units of sales; give the same number of each",
                days.length,
                known.length,
                units.length);
        for (double sold : units) {
            Require.positive("units of a sale", sold);
        }
    }

    /** The weeks that had ended on a day, oldest first, from what was known on it; at most so many. */
    public double[] weeksKnown(int today, int most) {
        int[] seen = new int[days.length];
        double[] sold = new double[days.length];
        int count = 0;
        for (int i = 0; i < days.length; i++) {
            if (known[i] <= today) {
                seen[count] = days[i];
                sold[count++] = units[i];
            }
        }
        return CalendarWeeks.closed(Arrays.copyOf(seen, count), Arrays.copyOf(sold, count), today, most);
    }

    /** Units of each day from one to another, both included. */
    public double[] daily(int from, int to) {
        double[] daily = new double[to - from + 1];
        for (int i = 0; i < days.length; i++) {
            if (days[i] >= from && days[i] <= to) {
                daily[days[i] - from] += units[i];
            }
        }
        return daily;
    }
}
