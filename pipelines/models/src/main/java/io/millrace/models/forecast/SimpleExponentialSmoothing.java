package io.millrace.models.forecast;

import io.millrace.models.search.GoldenSection;

/**
 * Simple exponential smoothing, level ← level + alpha × (value − level), with the smoothing parameter and the first level
 * of least squared one-step errors. For a given alpha the errors are linear in the first level, which therefore has a
 * closed form, and one variable remains to be searched.
 */
final class SimpleExponentialSmoothing {

    private static final double LOWEST = 1e-4;
    private static final double HIGHEST = 0.9999;
    private static final double TOLERANCE = 1e-4;

    private SimpleExponentialSmoothing() {}

    /** The alpha of least squared one-step errors. */
    static double alpha(double[] values) {
        if (values.length < 3) {
            return 0.5;
        }
        return GoldenSection.minimise(alpha -> new Pass(values, alpha).error(), LOWEST, HIGHEST, TOLERANCE);
    }

    /** The level after the last point, from the first level that fits {@code alpha} best. */
    static double level(double[] values, double alpha) {
        return new Pass(values, alpha).lastLevel();
    }

    /** One pass from level 0, with what is needed to know the outcome from every other level. */
    private static final class Pass {
        private final double origin;
        private double level;
        /** How much of the first level is left. */
        private double decay = 1;

        private double errorError;
        private double errorDecay;
        private double decayDecay;

        Pass(double[] values, double alpha) {
            // Counted from the first point, so that little cancels.
            origin = values[0];
            for (double value : values) {
                double error = value - origin - level;
                errorError += error * error;
                errorDecay += error * decay;
                decayDecay += decay * decay;
                level += alpha * error;
                decay *= 1 - alpha;
            }
        }

        double error() {
            return errorError - errorDecay * errorDecay / decayDecay;
        }

        double lastLevel() {
            return origin + level + decay * errorDecay / decayDecay;
        }
    }
}
