package io.millrace.models.anomaly;

import java.io.Serializable;

/** One way to tell how strange a row is. A member is added by a class, and a line in {@link AnomalyDetector}. */
interface Member {

    /**
     * Learns what is usual.
     *
     * @param rows rows × columns, finite, not changed
     * @param seed of everything that is drawn
     */
    Fitted fit(double[][] rows, long seed);

    /** What a member has learned. Safe for use by several threads. */
    interface Fitted extends Serializable {

        /** How strange a row is; greater is stranger, and nothing else about the figure means anything. */
        double strangeness(double[] row);
    }
}
