package io.millrace.models.churn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a linear model sees of a row: each feature on a scale of mean 0 and standard deviation 1, with its median where
 * it is missing, and a further term that says so for each feature that was missing somewhere. Features with a long tail
 * are taken by their logarithm. What does not vary is no term.
 */
final class LinearTerms {

    /** Beyond this skewness a feature is taken by its logarithm. */
    private static final double LONG_TAIL = 2;

    private final boolean[] logged;
    private final double[] medians;
    private final double[] means;
    private final double[] deviations;
    private final int[] varying;

    /**
     * @param logged     one a feature: whether its logarithm is taken
     * @param medians    one a feature, on the scale of the logarithm where that is taken
     * @param means      one a feature, then one a feature for whether it is missing
     * @param deviations standard deviations in the same order, 0 for what does not vary
     */
    LinearTerms(boolean[] logged, double[] medians, double[] means, double[] deviations) {
        this.logged = logged;
        this.medians = medians;
        this.means = means;
        this.deviations = deviations;
        this.varying = IntStream.range(0, deviations.length)
                .filter(t -> deviations[t] > 0)
                .toArray();
    }

    static LinearTerms fit(double[][] rows) {
        int features = rows[0].length;
        boolean[] logged = new boolean[features];
        double[] medians = new double[features];
        double[] means = new double[2 * features];
        double[] deviations = new double[2 * features];
        for (int j = 0; j < features; j++) {
            int feature = j;
            double[] column =
                    Arrays.stream(rows).mapToDouble(row -> row[feature]).toArray();
            double[] present =
                    Arrays.stream(column).filter(x -> !Double.isNaN(x)).toArray();
            logged[j] = skewness(present) > LONG_TAIL;
            boolean log = logged[j];
            medians[j] =
                    median(log ? Arrays.stream(present).map(LinearTerms::log).toArray() : present);
            for (int i = 0; i < column.length; i++) {
                column[i] = Double.isNaN(column[i]) ? medians[j] : log ? log(column[i]) : column[i];
            }
            means[j] = mean(column);
            deviations[j] = deviation(column, means[j]);
            means[features + j] = 1 - present.length / (double) rows.length;
            deviations[features + j] = Math.sqrt(means[features + j] * (1 - means[features + j]));
        }
        return new LinearTerms(logged, medians, means, deviations);
    }

    /** Number of terms. */
    int width() {
        return varying.length;
    }

    /** The feature that a term is about. */
    int feature(int term) {
        return varying[term] % medians.length;
    }

    /** The terms of a row. */
    double[] of(double[] row) {
        double[] terms = new double[varying.length];
        for (int t = 0; t < terms.length; t++) {
            int at = varying[t];
            terms[t] = (value(row, at) - means[at]) / deviations[at];
        }
        return terms;
    }

    private double value(double[] row, int at) {
        int feature = at % medians.length;
        double x = row[feature];
        if (at >= medians.length) {
            return Double.isNaN(x) ? 1 : 0;
        }
        if (Double.isNaN(x)) {
            return medians[feature];
        }
        return logged[feature] ? log(x) : x;
    }

    /** The terms of every row. */
    double[][] of(double[][] rows) {
        return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
    }

    boolean[] logged() {
        return logged;
    }

    double[] medians() {
        return medians;
    }

    double[] means() {
        return means;
    }

    double[] deviations() {
        return deviations;
    }

    /** Logarithm on both sides of 0, which keeps 0 and the sign. */
    private static double log(double x) {
        return Math.signum(x) * Math.log1p(Math.abs(x));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double x : values) {
            squares += (x - mean) * (x - mean);
        }
        double deviation = Math.sqrt(squares / values.length);
        return deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 0;
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Third standardised moment; 0 where nothing varies. */
    private static double skewness(double[] values) {
        double mean = mean(values);
        double deviation = deviation(values, mean);
        if (deviation == 0) {
            return 0;
        }
        double sum = 0;
        for (double x : values) {
            double z = (x - mean) / deviation;
            sum += z * z * z;
        }
        return sum / values.length;
    }
}
