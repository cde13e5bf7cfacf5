package io.millrace.models.segment;

import io.millrace.models.metrics.Quantiles;
import java.util.Arrays;

/**
 * Columns as groups are looked for in them: skewed ones by their logarithm, all of mean 0 and standard deviation 1. Money spent is a hundred times as much for a few
 * as for most; without the logarithm every group would be those few and the rest.
 *
 * @param isLog  whether a column is taken as sign(x) · log(1 + |x| / unit)
 * @param unit   of that, the median of what is not 0
 * @param median what a missing value counts as
 * @param mean   of the column so taken
 * @param sd     of the column so taken, above 0
 */
@SuppressWarnings("ArrayRecordComponent")
record ColumnScaling(boolean[] isLog, double[] unit, double[] median, double[] mean, double[] sd) {

    /** Skewness beyond which a column is skewed: that of an exponential distribution is 2, of a normal one 0. */
    private static final double SKEWED = 1;

    /** @param rows at least two; a value that is not finite counts as its column's median */
    static ColumnScaling of(double[][] rows) {
        int width = rows[0].length;
        ColumnScaling scaling = new ColumnScaling(
                new boolean[width], new double[width], new double[width], new double[width], new double[width]);
        for (int j = 0; j < width; j++) {
            int column = j;
            double[] values = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .filter(Double::isFinite)
                    .toArray();
            scaling.learn(j, values);
        }
        return scaling;
    }

    private void learn(int j, double[] values) {
        median[j] = values.length == 0 ? 0 : Quantiles.median(values);
        isLog[j] = Math.abs(skewness(values)) > SKEWED;
        double[] sizes = Arrays.stream(values).map(Math::abs).filter(v -> v > 0).toArray();
        unit[j] = sizes.length == 0 ? 1 : Quantiles.median(sizes);
        double[] taken = Arrays.stream(values).map(v -> taken(j, v)).toArray();
        mean[j] = Arrays.stream(taken).average().orElse(0);
        double variance = Arrays.stream(taken)
                .map(v -> (v - mean[j]) * (v - mean[j]))
                .average()
                .orElse(0);
        sd[j] = variance > 0 ? Math.sqrt(variance) : 1;
    }

    private double taken(int j, double value) {
        return isLog[j] ? Math.signum(value) * Math.log1p(Math.abs(value) / unit[j]) : value;
    }

    double[] of(double[] row) {
        double[] scaled = new double[row.length];
        Arrays.setAll(scaled, j -> (taken(j, Double.isFinite(row[j]) ? row[j] : median[j]) - mean[j]) / sd[j]);
        return scaled;
    }

    double[][] all(double[][] rows) {
        return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
    }

    private static double skewness(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double square = 0;
        double cube = 0;
        for (double value : values) {
            double d = value - mean;
            square += d * d / values.length;
            cube += d * d * d / values.length;
        }
        return square > 0 ? cube / Math.pow(square, 1.5) : 0;
    }
}
