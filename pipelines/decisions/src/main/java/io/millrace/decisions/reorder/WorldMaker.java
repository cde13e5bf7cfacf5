package io.millrace.decisions.reorder;

import io.millrace.decisions.inventory.DemandDistribution;
import io.millrace.decisions.inventory.DemandFit;
import java.util.Arrays;
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
    private static final int ENOUGH_WEEKS = 8;
    /** Units a week below which nothing is expected. */
    private static final double NOTHING = 1e-9;

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
        int warmUp = (int) Math.max(DAYS_A_YEAR, 4 * longest);
        int days = years * DAYS_A_YEAR + warmUp;
        return new SimulatedWorld(demand(days), leadTimes(days), warmUp);
    }

    private double[] demand(int days) {
        double[] path = new double[days];
        if (moments.weeklyMean() < NOTHING) {
            return path;
        }
        double[] weeks = weekPool();
        if (Arrays.stream(weeks).allMatch(units -> units == 0)) {
            // So little is expected that not one week of the pool sells a unit.
            return path;
        }
        double[] splits = cumulativeSplits(weeks);
        boolean whole = line.demand().comesInWholeUnits();
        for (int start = 0; start < days; start += DAYS_A_WEEK) {
            double units = weeks[random.nextInt(weeks.length)];
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
            double reached = whole ? (int) upTo : upTo;
            path[start + day] = reached - before;
            before = reached;
        }
    }

    private double[] weekPool() {
        double[] history = line.demand().history();
        long busy = Arrays.stream(history).filter(units -> units > 0).count();
        return busy >= ENOUGH_WEEKS ? scaled(history) : fitted();
    }

    private double[] scaled(double[] history) {
        double factor = moments.weeklyMean() / Arrays.stream(history).average().orElseThrow();
        double[] pool = new double[history.length];
        for (int week = 0; week < pool.length; week++) {
            pool[week] = history[week] * factor;
        }
        return pool;
    }

    private double[] fitted() {
        DemandDistribution weekly = DemandFit.ofMoments(
                moments.weeklyMean(), moments.weeklyVariance(), line.demand().comesInWholeUnits());
        double[] pool = new double[POOL];
        for (int i = 0; i < POOL; i++) {
            pool[i] = Math.max(0, weekly.quantile((i + 0.5) / POOL));
        }
        return pool;
    }

    private double[] cumulativeSplits(double[] weeks) {
        double mean = Arrays.stream(weeks).average().orElseThrow();
        double variance =
                Arrays.stream(weeks).map(w -> (w - mean) * (w - mean)).average().orElseThrow();
        double shape = Math.min(100, mean * mean / Math.max(variance, 1e-4 * mean * mean)) / DAYS_A_WEEK;
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
        int[] pool = leadTimePool();
        int[] leadTimes = new int[days];
        for (int day = 0; day < days; day++) {
            leadTimes[day] = pool[random.nextInt(POOL)];
        }
        return leadTimes;
    }

    /** Gamma lead times in whole days; the fraction is rounded up as often as it is large, so that the mean holds. */
    private int[] leadTimePool() {
        double mean = line.leadTime().meanDays();
        double sd = line.leadTime().sdDays();
        int[] pool = new int[POOL];
        for (int i = 0; i < POOL; i++) {
            double days = sd > 0 ? GammaSampler.next(mean * mean / (sd * sd), random) * sd * sd / mean : mean;
            pool[i] = (int) (days + random.nextDouble());
        }
        return pool;
    }
}
