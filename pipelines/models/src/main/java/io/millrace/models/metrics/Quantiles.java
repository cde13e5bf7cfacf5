package io.millrace.models.metrics;

import java.util.Arrays;

/** Quantiles of values, between neighbours by a straight line (Hyndman and Fan 1996, type 7). */
public final class Quantiles {

    private Quantiles() {}

    /**
     * A quantile of what is finite among the values.
     *
     * @param p 0 to 1
     * @return NaN where nothing is finite
     */
    public static double of(double[] values, double p) {
        return ofSorted(Arrays.stream(values).filter(Double::isFinite).sorted().toArray(), p);
    }

    /** The median of what is finite; NaN where nothing is. */
    public static double median(double[] values) {
        return of(values, 0.5);
    }

    /** A quantile of finite values in ascending order; NaN of none. */
    public static double ofSorted(double[] ascending, double p) {
        if (ascending.length == 0) {
            return Double.NaN;
        }
        double at = p * (ascending.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, ascending.length - 1);
        return ascending[low] + (at - low) * (ascending[high] - ascending[low]);
    }
}
