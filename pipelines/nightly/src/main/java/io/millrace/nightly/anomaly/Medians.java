package io.millrace.nightly.anomaly;

import java.util.Arrays;

/** Middles and widths that a few strange values do not move. */
final class Medians {

    /** Interquartile range of a normal distribution of standard deviation 1. */
    private static final double NORMAL_RANGE = 1.349;

    private Medians() {}

    /** The median of what is finite; NaN of nothing. */
    static double of(double... values) {
        return quantile(values, 0.5);
    }

    /** The interquartile range as a standard deviation, never 0: {@code least} where it would be less. */
    static double width(double[] values, double least) {
        double width = (quantile(values, 0.75) - quantile(values, 0.25)) / NORMAL_RANGE;
        return width > least ? width : least;
    }

    private static double quantile(double[] values, double p) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = p * (sorted.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
}
