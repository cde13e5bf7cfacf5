package io.millrace.decisions;

import java.util.Arrays;

/**
 * Daily figures in calendar weeks, Monday to Sunday. Only weeks that have ended count, so that a series changes once a week and
 * not with every night. A day is counted from 1970-01-01, as {@link java.time.LocalDate#toEpochDay()} does.
 */
public final class CalendarWeeks {

    private static final int DAYS_A_WEEK = 7;
    /** 1970-01-04. */
    private static final int FIRST_SUNDAY = 3;

    private CalendarWeeks() {}

    /** The last day of the newest week that has ended by a day: the day itself where it is a Sunday, else the Sunday before. */
    public static int lastClosed(int day) {
        return day - Math.floorMod(day - FIRST_SUNDAY, DAYS_A_WEEK);
    }

    /**
     * Units a week, oldest first, from the week of the first day up to the newest week that has ended; empty if none has.
     *
     * @param days  days with units, in any order, one as often as it likes
     * @param units of each
     * @param today days after its last closed week are left out
     * @param most  weeks at most; older ones are left out
     */
    public static double[] closed(int[] days, double[] units, int today, int most) {
        Require.that(days.length == units.length, "%s days and %s units; give one for each", days.length, units.length);
        int last = lastClosed(today);
        int weeks = 0;
        for (int day : days) {
            int ago = (last - day) / DAYS_A_WEEK;
            if (day <= last && ago < most) {
                weeks = Math.max(weeks, ago + 1);
            }
        }
        double[] closed = new double[weeks];
        for (int i = 0; i < days.length; i++) {
            int ago = (last - days[i]) / DAYS_A_WEEK;
            if (days[i] <= last && ago < weeks) {
                closed[weeks - 1 - ago] += units[i];
            }
        }
        return closed;
    }

    /** The same for one figure a day, the first of them on {@code firstDay}; days before the first with units are left out. */
    public static double[] closed(double[] daily, int firstDay, int today, int most) {
        int[] days = new int[daily.length];
        Arrays.setAll(days, i -> firstDay + i);
        int first = 0;
        while (first < daily.length && daily[first] == 0) {
            first++;
        }
        return closed(
                Arrays.copyOfRange(days, first, days.length),
                Arrays.copyOfRange(daily, first, daily.length),
                today,
                most);
    }
}
