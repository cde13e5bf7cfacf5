package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * Quantiles of what comes around a forecast, from the residuals of its rolling-origin backtest.
 *
 * <p>The residuals of one step are few. Each is therefore divided by what makes it large: the root of the forecast, and the
 * mean size of residuals at its step (averaged over neighbouring steps and never falling with the distance). All are pooled,
 * and the quantiles of the pool are multiplied by the same again. The fewer windows without overlap there were, the more
 * the quantiles lean to those of a normal distribution, and the wider they are, because less is known of the size.
 */
final class ResidualQuantiles {

    /** Mean absolute deviation of a normal distribution, in standard deviations. */
    private static final double DEVIATION = Math.sqrt(2 / Math.PI);

    private static final double[] LEVELS = {0.1, 0.5, 0.9};
    /** The points of a normal distribution at these levels, in mean absolute deviations. */
    private static final double[] NORMAL = {-1.2815515655 / DEVIATION, 0, 1.2815515655 / DEVIATION};

    // Three figures found by holding out the last horizon of the training part of seven public data sets.

    /** Windows without overlap at which the residuals count as much as the normal distribution. */
    private static final double LEAN = 4;
    /** How much wider the quantiles are after one window. */
    private static final double WIDEN = 0.3;
    /** Errors of a series without negative points grow with its level as those of a Poisson count do. */
    private static final double GROWTH = 0.5;
    /** A forecast below this share of the mean has errors as if it were that large. */
    private static final double LEAST_LEVEL = 0.1;

    private final Backtest backtest;
    private final int horizon;
    private final double leastLevel;

    private ResidualQuantiles(Backtest backtest) {
        this.backtest = backtest;
        horizon = backtest.forecast().length;
        leastLevel = LEAST_LEVEL * nonNegativeMean(backtest.history());
    }

    /** The 10 %, 50 % and 90 % points of each step after the history: [quantile][step]. */
    static double[][] of(Backtest backtest) {
        ResidualQuantiles residuals = new ResidualQuantiles(backtest);
        return backtest.cuts().length == 0 ? residuals.untested() : residuals.tested();
    }

    private double[][] tested() {
        double[] sizes = isotonic(smoothed(sizes()));
        double[] shape = shape(pool(sizes));
        double[] widths = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            widths[step] = sizes[step] * growth(backtest.forecast()[step]);
        }
        return around(widths, shape);
    }

    /** Without a backtest the series is taken for a random walk; a single point for one of as much spread as size. */
    private double[][] untested() {
        double[] history = backtest.history();
        double size = DEVIATION * Math.abs(history[0]);
        if (history.length > 1) {
            size = 0;
            for (int t = 1; t < history.length; t++) {
                size += Math.abs(history[t] - history[t - 1]) / (history.length - 1);
            }
        }
        double[] widths = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            widths[step] = size * Math.sqrt(step + 1.0);
        }
        return around(widths, NORMAL);
    }

    private double[][] around(double[] widths, double[] shape) {
        double[][] quantiles = new double[LEVELS.length][horizon];
        for (int q = 0; q < LEVELS.length; q++) {
            for (int step = 0; step < horizon; step++) {
                quantiles[q][step] = backtest.forecast()[step] + widths[step] * shape[q];
            }
        }
        return quantiles;
    }

    /** The mean of a series without negative points, 0 of any other. */
    private static double nonNegativeMean(double[] history) {
        double mean = 0;
        for (double value : history) {
            if (value < 0) {
                return 0;
            }
            mean += value / history.length;
        }
        return mean;
    }

    private double growth(double forecast) {
        return leastLevel == 0 ? 1 : Math.pow(Math.max(forecast, leastLevel), GROWTH);
    }

    private double residual(int k, int step) {
        return backtest.residual(k, step) / growth(backtest.past()[k][step]);
    }

    /** The mean absolute residual of each step; beyond all windows it grows like that of a random walk. */
    private double[] sizes() {
        double[] sizes = new double[horizon];
        int known = backtest.past()[0].length;
        for (int step = 0; step < known; step++) {
            int count = 0;
            for (int k = 0; k < backtest.past().length && step < backtest.past()[k].length; k++) {
                sizes[step] += Math.abs(residual(k, step));
                count++;
            }
            sizes[step] /= count;
        }
        for (int step = known; step < horizon; step++) {
            sizes[step] = sizes[known - 1] * Math.sqrt((step + 1.0) / known);
        }
        return sizes;
    }

    private static double[] smoothed(double[] sizes) {
        int reach = sizes.length / 6 + 1;
        double[] smoothed = new double[sizes.length];
        for (int step = 0; step < sizes.length; step++) {
            int from = Math.max(0, step - reach);
            int to = Math.min(sizes.length, step + reach + 1);
            for (int i = from; i < to; i++) {
                smoothed[step] += sizes[i] / (to - from);
            }
        }
        return smoothed;
    }

    /** The nearest sizes in squares that never fall: pool adjacent violators. */
    private static double[] isotonic(double[] sizes) {
        double[] sum = new double[sizes.length];
        int[] count = new int[sizes.length];
        int blocks = 0;
        for (double size : sizes) {
            sum[blocks] = size;
            count[blocks++] = 1;
            while (blocks > 1 && sum[blocks - 2] / count[blocks - 2] >= sum[blocks - 1] / count[blocks - 1]) {
                blocks--;
                sum[blocks - 1] += sum[blocks];
                count[blocks - 1] += count[blocks];
            }
        }
        double[] rising = new double[sizes.length];
        int step = 0;
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(rising, step, step + count[b], sum[b] / count[b]);
            step += count[b];
        }
        return rising;
    }

    /** All residuals in units of their step's size, ascending. */
    private double[] pool(double[] sizes) {
        double[] pool = new double
                [Arrays.stream(backtest.past()).mapToInt(p -> p.length).sum()];
        int filled = 0;
        for (int k = 0; k < backtest.past().length; k++) {
            for (int step = 0; step < backtest.past()[k].length; step++) {
                pool[filled++] = sizes[step] == 0 ? 0 : residual(k, step) / sizes[step];
            }
        }
        Arrays.sort(pool);
        return pool;
    }

    private double[] shape(double[] pool) {
        double windows = (double) (backtest.history().length - backtest.cuts()[0]) / horizon;
        double trust = windows / (windows + LEAN);
        double[] shape = new double[LEVELS.length];
        for (int q = 0; q < LEVELS.length; q++) {
            double seen = quantile(pool, LEVELS[q]);
            shape[q] = (1 + WIDEN / windows) * (trust * seen + (1 - trust) * NORMAL[q]);
        }
        return shape;
    }

    /** The quantile of ascending values, with straight lines between them (type 7 of Hyndman and Fan). */
    private static double quantile(double[] ascending, double level) {
        double position = level * (ascending.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }
}
