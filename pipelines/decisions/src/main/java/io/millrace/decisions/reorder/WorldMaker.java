package io.millrace.decisions.reorder;

import io.millrace.decisions.inventory.DemandDistribution;
import io.millrace.decisions.inventory.DemandFit;
import io.millrace.decisions.inventory.GammaSampler;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Draws the days on which a line's policies are priced.
 *
 * <p>Demand of a week is a level times a noise. The level has mean 1, stays for a stretch of weeks and makes the errors of
 * neighbouring weeks go together; noise is independent. Both are so wide that a week, and the total over a lead time, have
 * the variance that the policy reckons with, whatever the stretch it begins in. Noise is bootstrapped from the line's history,
 * scaled to the level that is forecast and drawn together or apart to its variance; with fewer than eight weeks that saw demand,
 * it comes from a distribution of that mean and variance. A week is split over its days with Dirichlet weights that make days
 * of a gamma-distributed week independent, so that a few large orders stay few large orders.
 */
final class WorldMaker {

    private static final int DAYS_A_WEEK = 7;
    private static final int DAYS_A_YEAR = 365;
    /** Days of warm-up beyond which even the longest lead time counts as any other. */
    private static final int MOST_WARM_UP = 20 * DAYS_A_YEAR;

    /** Spread of a lead time, as a share of its mean, below which it is none. */
    private static final double NO_SPREAD = 1e-6;

    /** Units a week below which nothing is expected. */
    private static final double NOTHING = 1e-9;

    /** Variance of weeks that never vary, in squares of their mean; keeps the shape of a gamma distribution finite. */
    private static final double LEAST_NOISE = 1e-4;

    /** Weeks over which a level stays, at least: long beside a window, so that few windows see it change. And at most. */
    private static final int LEAST_STRETCH = 26;

    private static final int MOST_STRETCH = 520;

    private static final int POOL = 1024;
    private static final int SPLITS = 256;

    private final ReorderLine line;
    private final DemandMoments moments;
    private final RandomGenerator random;

    WorldMaker(ReorderLine line, DemandMoments moments, RandomGenerator random) {
        this.line = line;
        this.moments = moments;
        this.random = random;
    }

    SimulatedWorld world(int years) {
        return world(years, warmUpDays());
    }

    /** The same with another warm-up, for lines that are lived through together. */
    SimulatedWorld world(int years, int warmUpDays) {
        int days = years * DAYS_A_YEAR + warmUpDays;
        return new SimulatedWorld(demand(days), leadTimes(days), warmUpDays);
    }

    /** Days that carry any policy into its steady state. */
    int warmUpDays() {
        double longest = line.leadTime().meanDays() + 6 * line.leadTime().sdDays();
        return (int) Math.min(MOST_WARM_UP, Math.max(DAYS_A_YEAR, 4 * longest));
    }

    private double[] demand(int days) {
        double[] path = new double[days];
        if (moments.weeklyMean() < NOTHING) {
            return path;
        }
        double mean = moments.weeklyMean();
        int stretch = stretch();
        double shared = shared(stretch);
        double levelVariance = shared / (mean * mean);
        double noise = Math.max(LEAST_NOISE * mean * mean, (moments.weeklyVariance() - shared) / (1 + levelVariance));
        double[] levels = levels(levelVariance, days / DAYS_A_WEEK / stretch + 1);
        DoubleSupplier week =
                line.demand().isWellKnown() ? bootstrap(line.demand().history(), noise) : fitted(noise);
        return fill(path, levels, stretch, week, cumulativeSplits(mean * mean / noise));
    }

    /** Weeks over which a demand is summed up: those of the lead time, and at least two, for one tells nothing of any other. */
    private double window() {
        return Math.max(2, line.leadTime().meanDays() / DAYS_A_WEEK);
    }

    private int stretch() {
        return (int) Math.min(MOST_STRETCH, Math.max(LEAST_STRETCH, Math.ceil(4 * window())));
    }

    /**
     * The part of a week's variance that it shares with the weeks of its stretch, so that the total over the window has its
     * variance V: x (W − b) + b K = V for x weeks of variance W, and K = x² − x³ / 3S the pairs of moments of a window that lie in
     * the same stretch of S weeks, on average over where the window begins.
     */
    private double shared(int stretch) {
        double weeks = Math.min(window(), stretch);
        double pairs = weeks * weeks - weeks * weeks * weeks / (3 * stretch);
        double total = line.demand().variance(weeks * DAYS_A_WEEK);
        double beyond = (total - weeks * moments.weeklyVariance()) / (pairs - weeks);
        return Math.max(0, Math.min(beyond, moments.weeklyVariance()));
    }

    /** One level for each stretch. Their mean is 1 in every world, for the forecast is what demand comes to in the long run. */
    private double[] levels(double variance, int stretches) {
        double[] levels = new double[stretches];
        Arrays.fill(levels, 1);
        if (variance > LEAST_NOISE) {
            DoubleSupplier level = unitGamma(variance);
            Arrays.setAll(levels, i -> level.getAsDouble());
        }
        double mean = Arrays.stream(levels).average().orElseThrow();
        Arrays.setAll(levels, i -> mean > 0 ? levels[i] / mean : 1);
        return levels;
    }

    private DoubleSupplier unitGamma(double variance) {
        double shape = Math.max(Double.MIN_NORMAL, 1 / variance);
        return () -> GammaSampler.next(shape, random) / shape;
    }

    /** Weeks of the history at the level forecast: drawn towards their mean where they vary too much, spread by a factor where too little. */
    private DoubleSupplier bootstrap(double[] history, double wanted) {
        double past = Arrays.stream(history).average().orElseThrow();
        double pastVariance = Arrays.stream(history)
                .map(w -> (w - past) * (w - past))
                .average()
                .orElseThrow();
        double mean = moments.weeklyMean();
        double factor = mean / past;
        double variance = factor * factor * pastVariance;
        if (variance >= wanted) {
            double closer = Math.sqrt(wanted / variance);
            return () -> mean + (history[random.nextInt(history.length)] * factor - mean) * closer;
        }
        DoubleSupplier spread = unitGamma((wanted + mean * mean) / (variance + mean * mean) - 1);
        return () -> history[random.nextInt(history.length)] * factor * spread.getAsDouble();
    }

    /** Each week is drawn anew, so the work depends on the number of weeks alone and not on what they may bring. */
    private DoubleSupplier fitted(double wanted) {
        DemandDistribution weekly =
                DemandFit.ofMoments(moments.weeklyMean(), wanted, line.demand().comesInWholeUnits());
        return () -> Math.max(0, weekly.sample(random));
    }

    private double[] fill(double[] path, double[] levels, int stretch, DoubleSupplier week, double[] splits) {
        boolean whole = line.demand().comesInWholeUnits();
        for (int start = 0; start < path.length; start += DAYS_A_WEEK) {
            double units = levels[start / DAYS_A_WEEK / stretch] * week.getAsDouble();
            if (units > 0) {
                int split = random.nextInt(SPLITS) * DAYS_A_WEEK;
                spread(path, start, units, splits, split, whole);
            }
        }
        return path;
    }

    /** Whole units are rounded along the cumulative week from one random offset, which keeps both the week's sum and its mean. */
    private void spread(double[] path, int start, double units, double[] splits, int split, boolean whole) {
        double weekUnits = whole ? Math.floor(units + random.nextDouble()) : units;
        double offset = whole ? random.nextDouble() : 0;
        double before = 0;
        int end = Math.min(DAYS_A_WEEK, path.length - start);
        for (int day = 0; day < end; day++) {
            double upTo = splits[split + day] * weekUnits + offset;
            double reached = whole ? Math.floor(upTo) : upTo;
            path[start + day] = reached - before;
            before = reached;
        }
    }

    /** @param weekShape of the gamma distribution that has the weeks' mean and variance */
    private double[] cumulativeSplits(double weekShape) {
        double shape = Math.max(Double.MIN_NORMAL, Math.min(100, weekShape)) / DAYS_A_WEEK;
        double[] splits = new double[SPLITS * DAYS_A_WEEK];
        for (int first = 0; first < splits.length; first += DAYS_A_WEEK) {
            drawSplit(splits, first, shape);
        }
        return splits;
    }

    private void drawSplit(double[] splits, int first, double shape) {
        double sum = 0;
        for (int day = 0; day < DAYS_A_WEEK; day++) {
            sum += GammaSampler.next(shape, random);
            splits[first + day] = sum;
        }
        int only = random.nextInt(DAYS_A_WEEK);
        for (int day = 0; day < DAYS_A_WEEK; day++) {
            double everything = day < only ? 0 : 1;
            splits[first + day] = sum > 0 ? splits[first + day] / sum : everything;
        }
        splits[first + DAYS_A_WEEK - 1] = 1;
    }

    private int[] leadTimes(int days) {
        int[] pool = leadTimePool(days);
        int[] leadTimes = new int[days];
        for (int day = 0; day < days; day++) {
            leadTimes[day] = pool[random.nextInt(POOL)];
        }
        return leadTimes;
    }

    /** Gamma lead times in whole days; the fraction is rounded up as often as it is large, so that the mean holds. What comes after the last day never comes. */
    private int[] leadTimePool(int lastDay) {
        double mean = line.leadTime().meanDays();
        double sd = line.leadTime().sdDays();
        int[] pool = new int[POOL];
        for (int i = 0; i < POOL; i++) {
            double days =
                    sd > NO_SPREAD * mean ? GammaSampler.next(mean * mean / (sd * sd), random) * sd * sd / mean : mean;
            pool[i] = (int) Math.min(lastDay, days + random.nextDouble());
        }
        return pool;
    }
}
