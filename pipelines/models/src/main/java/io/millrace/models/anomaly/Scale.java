package io.millrace.models.anomaly;

import io.millrace.models.metrics.Quantiles;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Columns brought to a common size.
 *
 * @param centre of each column
 * @param width  of each column, above 0
 */
@SuppressWarnings("ArrayRecordComponent")
record Scale(double[] centre, double[] width) implements Serializable {

    /** Interquartile range of a normal distribution of standard deviation 1. */
    private static final double NORMAL_RANGE = 1.349;

    /**
     * Median and interquartile range, which one row in four cannot move. A column of which the middle half is one value is
     * scaled by its standard deviation.
     */
    static Scale robust(double[][] rows) {
        int width = rows[0].length;
        double[] centre = new double[width];
        double[] scale = new double[width];
        double[] column = new double[rows.length];
        Scale standard = standard(rows);
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < rows.length; i++) {
                column[i] = rows[i][j];
            }
            Arrays.sort(column);
            centre[j] = Quantiles.ofSorted(column, 0.5);
            double range = (Quantiles.ofSorted(column, 0.75) - Quantiles.ofSorted(column, 0.25)) / NORMAL_RANGE;
            scale[j] = range > 0 ? range : standard.width[j];
        }
        return new Scale(centre, scale);
    }

    /** Mean and standard deviation; 1 for a column of one value. */
    static Scale standard(double[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        double[] sd = new double[width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                sd[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.length;
            }
        }
        for (int j = 0; j < width; j++) {
            sd[j] = sd[j] > 0 ? Math.sqrt(sd[j]) : 1;
        }
        return new Scale(mean, sd);
    }

    double[] of(double[] row) {
        double[] scaled = new double[row.length];
        Arrays.setAll(scaled, j -> (row[j] - centre[j]) / width[j]);
        return scaled;
    }

    double[][] of(double[][] rows) {
        return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
    }
}
