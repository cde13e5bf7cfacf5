package io.millrace.nightly.anomaly;

import io.millrace.models.metrics.Quantiles;

/** How far usual values lie apart. */
final class RobustWidth {

    /** Interquartile range of a normal distribution of standard deviation 1. */
    private static final double NORMAL_RANGE = 1.349;

    private RobustWidth() {}

    /** The interquartile range as a standard deviation of a normal distribution, never 0: {@code least} if it would be less. */
    static double of(double[] values, double least) {
        double width = (Quantiles.of(values, 0.75) - Quantiles.of(values, 0.25)) / NORMAL_RANGE;
        return width > least ? width : least;
    }
}
