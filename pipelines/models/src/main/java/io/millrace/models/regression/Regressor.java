package io.millrace.models.regression;

/** A way to learn a number from features, by squared error. The same rows and targets give the same answers. */
public interface Regressor {

    /** What has been learned. */
    interface Fitted {

        /** The mean that is expected, one a row. @param rows one array a row; NaN where a value is missing */
        double[] predict(double[][] rows);
    }

    /**
     * Learns from rows.
     *
     * @param rows    one array a row, at least one; NaN where a value is missing
     * @param targets one a row
     */
    Fitted fit(double[][] rows, double[] targets);
}
