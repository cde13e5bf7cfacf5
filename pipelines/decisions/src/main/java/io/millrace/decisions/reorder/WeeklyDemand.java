package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Demand of a line as known tonight, in units a week: the forecast with its quantiles and the weeks that were observed.
 * Arrays are copied in; index 0 of the forecast is next week, the last index of the history is last week.
 */
public final class WeeklyDemand {

    private static final int DAYS_A_WEEK = 7;
    /** Distance between the 10 % and the 90 % quantile of a normal distribution, in standard deviations. */
    private static final double P10_TO_P90 = 2.5631031310892007;
    /** Mean interval between demands from which on demand is intermittent (Syntetos, Boylan and Croston, 2005). */
    private static final double INTERMITTENT_INTERVAL = 1.32;

    private static final int ENOUGH_WEEKS = 8;

    private static final int LEAST_SILENCE = 6;
    private static final int INTERVALS_OF_SILENCE = 3;

    private final double[] mean;
    private final double[] p10;
    private final double[] p50;
    private final double[] p90;
    private final double[] cumulativeSd;
    private final double[] history;
    private final double mostInAWeek;

    /** A forecast that does not tell how its errors add up: weeks err independently of each other. */
    public WeeklyDemand(double[] mean, double[] p10, double[] p50, double[] p90, double[] history) {
        this(mean, p10, p50, p90, null, history);
    }

    /**
     * Takes at least one forecast week; all arrays of the forecast have the same length, and history may be empty.
     *
     * @param cumulativeSd standard deviation of the error of total demand over the first 1, 2, … weeks, units; null or empty
     *                     where the forecast does not tell, and then weeks err independently of each other
     */
    public WeeklyDemand(
            double[] mean, double[] p10, double[] p50, double[] p90, double[] cumulativeSd, double[] history) {
        Require.that(mean.length > 0, "the demand forecast has no weeks; give at least one");
        Require.that(
                p10.length == mean.length && p50.length == mean.length && p90.length == mean.length,
                "the forecast has %s weeks of mean, %s of p10, %s of p50 and %s of p90; give the same number of each",
                mean.length,
                p10.length,
                p50.length,
                p90.length);
        double[] errors = cumulativeSd == null ? new double[0] : cumulativeSd;
        Require.that(
                errors.length == 0 || errors.length == mean.length,
                "the forecast has %s weeks and %s standard deviations of their sums; give one for each week or none",
                mean.length,
                errors.length);
        for (int week = 0; week < mean.length; week++) {
            Require.notNegative("forecast demand", mean[week]);
            Require.that(
                    p10[week] <= p50[week] && p50[week] <= p90[week],
                    "forecast quantiles of week %s cross: p10 %s, p50 %s, p90 %s",
                    week + 1,
                    p10[week],
                    p50[week],
                    p90[week]);
        }
        for (double deviation : errors) {
            Require.notNegative("standard deviation of total demand", deviation);
        }
        for (double units : history) {
            Require.notNegative("demand of a past week (returns are not demand)", units);
        }
        this.mean = mean.clone();
        this.p10 = p10.clone();
        this.p50 = p50.clone();
        this.p90 = p90.clone();
        this.cumulativeSd = errors.clone();
        this.history = history.clone();
        mostInAWeek = 2 * Math.max(largest(mean), largest(history.length > 0 ? history : p90));
    }

    /** Expected demand over the next days; beyond the forecast its average goes on. */
    public double expected(double days) {
        return sumOver(days, mean, average(mean));
    }

    /**
     * Variance of total demand over the next days: between the weeks of the forecast's own errors by a straight line, and
     * beyond them growing on in proportion to the days. Where the forecast does not tell how its errors add up, that of
     * independent weeks.
     *
     * <p>A sum of mean m over weeks that bring at most M together has a variance of at most m(M − m) (Bhatia and Davis, A Better
     * Bound on the Variance, American Mathematical Monthly 107, 2000), for M see {@link #mostInAWeek()}: the errors of a
     * product that has all but ceased to sell may know nothing of its mean.
     */
    public double variance(double days) {
        double weeks = days / DAYS_A_WEEK;
        if (weeks <= 0) {
            return 0;
        }
        double total = cumulativeSd.length == 0
                ? independentVariance(days)
                : Math.max(correlatedVariance(weeks), weeks * historicVariance());
        double expected = expected(days);
        return Math.max(0, Math.min(total, expected * (Math.max(1, weeks) * mostInAWeek - expected)));
    }

    /** Variance of demand in one week, on average over those of the next days, of at least one. */
    public double weeklyVariance(double days) {
        double weeks = Math.max(1, days / DAYS_A_WEEK);
        return cumulativeSd.length == 0 ? variance(weeks * DAYS_A_WEEK) / weeks : scaledToAWeek(weeks);
    }

    /**
     * The first week's errors, growing with the level of the weeks to come as those of a count do, and no less than weeks that
     * err all alike would need to add up to the variance of their sum.
     */
    private double scaledToAWeek(double weeks) {
        double first = expected(DAYS_A_WEEK);
        double level = expected(weeks * DAYS_A_WEEK) / weeks;
        double scaled = variance(DAYS_A_WEEK) * (first > 0 ? level / first : 1);
        double alike = variance(weeks * DAYS_A_WEEK) / (weeks * weeks);
        return Math.max(alike, Math.min(scaled, level * (mostInAWeek - level)));
    }

    private double correlatedVariance(double weeks) {
        int last = cumulativeSd.length;
        if (weeks >= last) {
            return square(cumulativeSd[last - 1]) * weeks / last;
        }
        int whole = (int) weeks;
        double below = whole == 0 ? 0 : square(cumulativeSd[whole - 1]);
        return below + (weeks - whole) * (square(cumulativeSd[whole]) - below);
    }

    private double independentVariance(double days) {
        double[] weekly = new double[mean.length];
        double historic = historicVariance();
        for (int week = 0; week < weekly.length; week++) {
            double spread = (p90[week] - p10[week]) / P10_TO_P90;
            weekly[week] = Math.min(Math.max(spread * spread, historic), mean[week] * (mostInAWeek - mean[week]));
        }
        return sumOver(days, weekly, average(weekly));
    }

    private static double square(double value) {
        return value * value;
    }

    /**
     * Units that no week is expected to exceed: twice the largest week that was observed or that is forecast on average, because
     * a history seldom holds the largest week that can be. Without history, twice the largest 90 % quantile or mean.
     */
    public double mostInAWeek() {
        return mostInAWeek;
    }

    /** Median of the demand over the next week. */
    public double median() {
        return p50[0];
    }

    private static double sumOver(double days, double[] weekly, double after) {
        double sum = 0;
        double left = days / DAYS_A_WEEK;
        for (int week = 0; week < weekly.length && left > 0; week++, left--) {
            sum += weekly[week] * Math.min(1, left);
        }
        return sum + Math.max(0, left) * after;
    }

    /**
     * Of a week of intermittent demand, 0 of other: for slow items quantiles and errors of a few windows say little (all may be
     * 0), so their history speaks, scaled as counts scale: with the mean.
     */
    private double historicVariance() {
        if (!isIntermittent()) {
            return 0;
        }
        double past = average(history);
        double sum = 0;
        for (double units : history) {
            sum += (units - past) * (units - past);
        }
        return sum / Math.max(1, history.length - 1) * average(mean) / past;
    }

    /** Weeks observed that saw demand. */
    public int busyWeeks() {
        return (int) Arrays.stream(history).filter(units -> units > 0).count();
    }

    /** Weeks since the last one that saw demand, 0 for last week; empty if none did. */
    public OptionalInt weeksSinceDemand() {
        for (int ago = 0; ago < history.length; ago++) {
            if (history[history.length - 1 - ago] > 0) {
                return OptionalInt.of(ago);
            }
        }
        return OptionalInt.empty();
    }

    /** Mean number of weeks from one that saw demand to the next; empty with fewer than two of them. */
    public OptionalDouble weeksBetweenDemands() {
        int busy = busyWeeks();
        int first = 0;
        while (first < history.length && history[first] <= 0) {
            first++;
        }
        return busy < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        (double) (history.length - 1 - weeksSinceDemand().orElseThrow() - first) / (busy - 1));
    }

    /**
     * Whether the last demand is not longer ago than a product may be silent: six weeks, or three times the usual interval
     * between weeks with demand where that is longer.
     */
    public boolean isSelling() {
        double silence = Math.max(
                LEAST_SILENCE, INTERVALS_OF_SILENCE * weeksBetweenDemands().orElse(0));
        return weeksSinceDemand().isPresent() && weeksSinceDemand().getAsInt() <= silence;
    }

    /** Whether eight weeks or more saw demand, so that the history can stand for the weeks to come. */
    public boolean isWellKnown() {
        return busyWeeks() >= ENOUGH_WEEKS;
    }

    /** Whether the history has a week without demand often enough to be called intermittent. */
    public boolean isIntermittent() {
        int busy = busyWeeks();
        return busy > 0 && (double) history.length / busy >= INTERMITTENT_INTERVAL;
    }

    /** Whether every week observed was a whole number of units; false without history. */
    public boolean comesInWholeUnits() {
        return history.length > 0 && Arrays.stream(history).allMatch(units -> units == Math.rint(units));
    }

    /** Average of the last so many weeks of history, or of the forecast where there is no history. */
    public double movingAverage(int weeks) {
        if (history.length == 0) {
            return average(mean);
        }
        return average(Arrays.copyOfRange(history, Math.max(0, history.length - weeks), history.length));
    }

    /** The weeks observed, oldest first. */
    public double[] history() {
        return history.clone();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    private static double average(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }
}
