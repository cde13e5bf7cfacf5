package io.millrace.models.forecast;

/**
 * Runs a method on a series brought to a size near 1. The factor is a power of two, so that nothing is rounded, no sum of
 * squares overflows, and a series in another unit gets the same forecast in that unit.
 */
final class Normalised {

    private Normalised() {}

    /** A forecast of values whose largest size is between 1 and 2, or 0. */
    @FunctionalInterface
    interface Method {
        double[] forecast(double[] values, int horizon);
    }

    /** The method's forecast in the unit of {@code history}; where it is not finite, the last point of the history. */
    static double[] forecast(double[] history, int horizon, Method method) {
        check(history, horizon);
        int exponent = exponent(history);
        double[] forecast = method.forecast(scale(history, -exponent), horizon);
        double last = history[history.length - 1];
        for (int i = 0; i < horizon; i++) {
            double value = Math.scalb(forecast[i], exponent);
            forecast[i] = Double.isFinite(value) ? value : last;
        }
        return forecast;
    }

    /** Refuses a history without points or with a point that is not finite, and a horizon below 1. */
    static void check(double[] history, int horizon) {
        if (history.length == 0 || horizon < 1) {
            throw new IllegalArgumentException("The history has " + history.length + " points and the horizon is "
                    + horizon + ": both have to be 1 or more.");
        }
        for (int i = 0; i < history.length; i++) {
            if (!Double.isFinite(history[i])) {
                throw new IllegalArgumentException("Point " + i + " of the history is " + history[i]
                        + ": every point has to be finite. Leave missing values out, or fill them, first.");
            }
        }
    }

    /** The binary exponent of the largest absolute value; 0 where all are 0. */
    static int exponent(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    /** The values times two to the power of {@code exponent}. */
    static double[] scale(double[] values, int exponent) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = Math.scalb(values[i], exponent);
        }
        return scaled;
    }
}
