package io.millrace.models.anomaly;

import io.millrace.models.metrics.Quantiles;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How improbable a member's strangeness is among usual rows.
 *
 * @param usual strangeness of usual rows, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
record Tail(double[] usual) implements Serializable {

    /** Where the tail of usual rows begins, and where it ends: its length is the measure of what lies beyond. */
    private static final double SHOULDER = 0.9;

    private static final double END = 0.99;

    static Tail of(double[] strangeness) {
        double[] sorted = strangeness.clone();
        Arrays.sort(sorted);
        return new Tail(sorted);
    }

    /**
     * The negative logarithm of the share of usual rows that are as strange or stranger. Beyond the last hundredth it also grows with the square root of
     * the distance, measured in lengths of the tail: how far out a row is counts, also where several are, and no member shouts the others down.
     */
    double of(double strangeness) {
        int below = firstNotBelow(strangeness);
        int n = usual.length;
        double improbable = -Math.log((n - below + 1.0) / (n + 1.0));
        double end = Quantiles.ofSorted(usual, END);
        double beyond = strangeness - end;
        if (!(beyond > 0)) {
            return improbable;
        }
        double tail = end - Quantiles.ofSorted(usual, SHOULDER);
        return improbable + Math.sqrt(beyond / (tail > 0 ? tail : Math.max(Math.abs(end), 1e-12)));
    }

    private int firstNotBelow(double value) {
        int low = 0;
        int high = usual.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (usual[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
