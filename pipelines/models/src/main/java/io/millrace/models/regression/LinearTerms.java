package io.millrace.models.regression;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a linear model sees of a row: each feature on a scale of mean 0 and standard deviation 1, with its median where
 * it is missing, and a further term that says so for each feature that was missing somewhere. Features with a long tail
 * are taken by their logarithm. What does not vary is no term.
 *
 * <p>With knots, each feature of more than two values has further terms by which its line may bend: how far it is above
 * each knot (a linear spline; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2009, 5.2).
 */
public final class LinearTerms {

    /** Beyond this skewness a feature is taken by its logarithm. */
    private static final double LONG_TAIL = 2;

    private final boolean[] logged;
    private final double[] medians;
    private final double[][] knots;
    private final double[] means;
    private final double[] deviations;
    private final int[] varying;

    /** Feature and knot of each term for how far a feature is above a knot. */
    private final int[] bent;

    private final double[] bends;

    /**
     * @param logged     one a feature: whether its logarithm is taken
     * @param medians    one a feature, on the scale of the logarithm where that is taken
     * @param knots      of each feature, on that scale
     * @param means      one a feature, then one a feature for whether it is missing, then one a knot
     * @param deviations standard deviations in the same order, 0 for what does not vary
     */
    public LinearTerms(boolean[] logged, double[] medians, double[][] knots, double[] means, double[] deviations) {
        this.logged = logged;
        this.medians = medians;
        this.knots = knots;
        this.means = means;
        this.deviations = deviations;
        this.varying = IntStream.range(0, deviations.length)
                .filter(t -> deviations[t] > 0)
                .toArray();
        this.bent = IntStream.range(0, knots.length)
                .flatMap(j -> IntStream.generate(() -> j).limit(knots[j].length))
                .toArray();
        this.bends = Arrays.stream(knots).flatMapToDouble(Arrays::stream).toArray();
    }

    /**
     * Learns medians, knots and scales.
     *
     * @param rows one array a row, at least one; NaN where a value is missing
     * @param most knots of a feature: 0 for a straight line
     */
    public static LinearTerms fit(double[][] rows, int most) {
        int features = rows[0].length;
        boolean[] logged = new boolean[features];
        double[] medians = new double[features];
        double[][] knots = new double[features][];
        for (int j = 0; j < features; j++) {
            int feature = j;
            double[] present = Arrays.stream(rows)
                    .mapToDouble(row -> row[feature])
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
            logged[j] = skewness(present) > LONG_TAIL;
            if (logged[j]) {
                present = Arrays.stream(present).map(LinearTerms::log).toArray();
            }
            medians[j] = median(present);
            knots[j] = knots(present, most);
        }
        int terms = 2 * features + Arrays.stream(knots).mapToInt(k -> k.length).sum();
        double[] none = new double[terms];
        LinearTerms raw = new LinearTerms(logged, medians, knots, none, none);
        double[] means = new double[terms];
        double[] deviations = new double[terms];
        for (int t = 0; t < terms; t++) {
            int term = t;
            double[] column =
                    Arrays.stream(rows).mapToDouble(row -> raw.value(row, term)).toArray();
            means[t] = mean(column);
            deviations[t] = deviation(column, means[t]);
        }
        return new LinearTerms(logged, medians, knots, means, deviations);
    }

    /** Quantiles at even shares, or each inner value of few. @param sorted values that are there */
    private static double[] knots(double[] sorted, int most) {
        double[] different = Arrays.stream(sorted).distinct().toArray();
        if (different.length <= most + 2) {
            return different.length <= 2 || most == 0
                    ? new double[0]
                    : Arrays.copyOfRange(different, 1, different.length - 1);
        }
        return IntStream.rangeClosed(1, most)
                .mapToDouble(q -> sorted[(int) ((long) sorted.length * q / (most + 1))])
                .distinct()
                .filter(knot -> knot > different[0] && knot < different[different.length - 1])
                .toArray();
    }

    /** Number of terms. */
    public int width() {
        return varying.length;
    }

    /** The feature that a term is about. */
    public int feature(int term) {
        return featureOf(varying[term]);
    }

    private int featureOf(int at) {
        int features = medians.length;
        return at < 2 * features ? at % features : bent[at - 2 * features];
    }

    /** The terms of a row. */
    public double[] of(double[] row) {
        double[] terms = new double[varying.length];
        for (int t = 0; t < terms.length; t++) {
            int at = varying[t];
            terms[t] = (value(row, at) - means[at]) / deviations[at];
        }
        return terms;
    }

    private double value(double[] row, int at) {
        int feature = featureOf(at);
        double x = row[feature];
        int features = medians.length;
        if (at >= features && at < 2 * features) {
            return Double.isNaN(x) ? 1 : 0;
        }
        double value = Double.isNaN(x) ? medians[feature] : logged[feature] ? log(x) : x;
        return at < features ? value : Math.max(0, value - bends[at - 2 * features]);
    }

    /** The terms of every row. */
    public double[][] of(double[][] rows) {
        return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
    }

    /** Knots of each feature, on the scale of its term. */
    public double[][] knots() {
        return knots;
    }

    /** Whether the logarithm of a feature is taken, one a feature. */
    public boolean[] logged() {
        return logged;
    }

    /** What stands for a missing value, one a feature. */
    public double[] medians() {
        return medians;
    }

    /** Means in the order of the constructor. */
    public double[] means() {
        return means;
    }

    /** Standard deviations in the order of the constructor. */
    public double[] deviations() {
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
