package io.millrace.models.forecast;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * A linear recursion: a point is expected to be an intercept and a share of each of some earlier points. The shares are those of least
 * squares with a small ridge penalty, which keeps lags that say the same from cancelling each other.
 *
 * @param lags      ascending, 1 or more each
 * @param shares    of the points at these lags
 * @param intercept what is added
 */
@SuppressWarnings("ArrayRecordComponent")
record Autoregression(int[] lags, double[] shares, double intercept) {

    /** Of the mean variance of a lagged point. */
    private static final double RIDGE = 1e-3;
    /** A recursion may leave the range of the history by this share of it, and no further, however it was estimated. */
    private static final double BEYOND = 0.2;

    /** Points of a lag that are asked for before it is estimated. */
    private static final int POINTS_A_LAG = 4;

    /** The recursion of a series; with too few points for its lags their mean. */
    static Autoregression of(double[] values, int... lags) {
        int from = lags[lags.length - 1];
        int rows = values.length - from;
        if (rows < POINTS_A_LAG * lags.length) {
            return new Autoregression(lags, new double[lags.length], mean(values, 0, values.length));
        }
        double[] means = new double[lags.length];
        Arrays.setAll(means, j -> mean(values, from - lags[j], values.length - lags[j]));
        double mean = mean(values, from, values.length);
        double[][] products = new double[lags.length][lags.length];
        double[] right = new double[lags.length];
        double[] row = new double[lags.length];
        for (int t = from; t < values.length; t++) {
            for (int j = 0; j < lags.length; j++) {
                row[j] = values[t - lags[j]] - means[j];
                right[j] += row[j] * (values[t] - mean);
                for (int k = 0; k <= j; k++) {
                    products[j][k] += row[j] * row[k];
                }
            }
        }
        double[] shares = solved(products, right);
        double intercept = mean;
        for (int j = 0; j < lags.length; j++) {
            intercept -= shares[j] * means[j];
        }
        return new Autoregression(lags, shares, intercept);
    }

    /** Shares of 0 where no lagged point varies. */
    private static double[] solved(double[][] products, double[] right) {
        double trace = 0;
        for (int j = 0; j < right.length; j++) {
            trace += products[j][j] / right.length;
            for (int k = 0; k < j; k++) {
                products[k][j] = products[j][k];
            }
        }
        if (!(trace > Double.MIN_NORMAL)) {
            return new double[right.length];
        }
        for (int j = 0; j < right.length; j++) {
            right[j] /= trace;
            for (int k = 0; k < right.length; k++) {
                products[j][k] = products[j][k] / trace + (j == k ? RIDGE : 0);
            }
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(products, false))
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += values[t];
        }
        return sum / (to - from);
    }

    /** The steps after {@code values}, which are as many as the longest lag at least. */
    double[] continued(double[] values, int horizon) {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        double beyond = BEYOND * (high - low);
        double[] all = Arrays.copyOf(values, values.length + horizon);
        for (int t = values.length; t < all.length; t++) {
            double next = intercept;
            for (int j = 0; j < lags.length; j++) {
                next += shares[j] * all[t - lags[j]];
            }
            all[t] = Math.max(low - beyond, Math.min(high + beyond, next));
        }
        return Arrays.copyOfRange(all, values.length, all.length);
    }
}
