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
 * <p>Weeks are bootstrapped from the line's history and scaled to the level that is forecast; with fewer than eight weeks that
 * saw demand, they come from a distribution with the forecast's mean and variance. A week is split over its days with Dirichlet
 * weights that make days of a gamma-distributed week independent, so that a few large orders stay few large orders.
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
        double longest = line.leadTime().meanDays() + 6 * line.leadTime().sdDays();
        int warmUp = (int) Math.min(MOST_WARM_UP, Math.max(DAYS_A_YEAR, 4 * longest));
        int days = years * DAYS_A_YEAR + warmUp;
        return new SimulatedWorld(demand(days), leadTimes(days), warmUp);
    }

    private double[] demand(int days) {
        double[] path = new double[days];
        if (moments.weeklyMean() < NOTHING) {
            return path;
        }
        return line.demand().isWellKnown() ? bootstrap(path, line.demand().history()) : fitted(path);
    }

    private double[] bootstrap(double[] path, double[] history) {
        double mean = Arrays.stream(history).average().orElseThrow();
        double variance = Arrays.stream(history)
                .map(w -> (w - mean) * (w - mean))
                .average()
                .orElseThrow();
        double factor = moments.weeklyMean() / mean;
        return fill(
                path,
                () -> history[random.nextInt(history.length)] * factor,
                cumulativeSplits(mean * mean / Math.max(variance, LEAST_NOISE * mean * mean)));
    }

    /** Each week is drawn anew, so the work depends on the number of weeks alone and not on what they may bring. */
    private double[] fitted(double[] path) {
        DemandDistribution weekly = DemandFit.ofMoments(
                moments.weeklyMean(), moments.weeklyVariance(), line.demand().comesInWholeUnits());
        double mean = weekly.mean();
        return fill(
                path,
                () -> Math.max(0, weekly.sample(random)),
                cumulativeSplits(mean * mean / Math.max(weekly.variance(), LEAST_NOISE * mean * mean)));
    }

    private double[] fill(double[] path, DoubleSupplier week, double[] splits) {
        boolean whole = line.demand().comesInWholeUnits();
        for (int start = 0; start < path.length; start += DAYS_A_WEEK) {
            double units = week.getAsDouble();
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
