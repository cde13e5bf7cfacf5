package io.millrace.models.churn;

import io.millrace.models.regression.LinearTerms;
import java.util.Arrays;

/**
 * Terms of a logistic regression: those of each feature, and behind them products of two of them, on a scale of mean 0
 * and standard deviation 1.
 */
final class Terms {

    private final LinearTerms lines;
    private final int[] first;
    private final int[] second;
    private final double[] means;
    private final double[] deviations;

    /**
     * @param lines      of each feature
     * @param first      places among them of one factor, one a product
     * @param second     places of the other factor
     * @param means      of the products
     * @param deviations standard deviations of the products, above 0
     */
    Terms(LinearTerms lines, int[] first, int[] second, double[] means, double[] deviations) {
        this.lines = lines;
        this.first = first;
        this.second = second;
        this.means = means;
        this.deviations = deviations;
    }

    /** Without products. */
    static Terms of(LinearTerms lines) {
        return new Terms(lines, new int[0], new int[0], new double[0], new double[0]);
    }

    LinearTerms lines() {
        return lines;
    }

    int[] first() {
        return first;
    }

    int[] second() {
        return second;
    }

    double[] means() {
        return means;
    }

    double[] deviations() {
        return deviations;
    }

    /** Number of terms. */
    int width() {
        return lines.width() + first.length;
    }

    /** The feature that a term is about; of a product, that of one factor. */
    int feature(int term) {
        return lines.feature(term < lines.width() ? term : first[term - lines.width()]);
    }

    /** The feature of a product's other factor; else the same as {@link #feature}. */
    int otherFeature(int term) {
        return lines.feature(term < lines.width() ? term : second[term - lines.width()]);
    }

    /** The terms of a row. */
    double[] of(double[] row) {
        double[] line = lines.of(row);
        double[] terms = Arrays.copyOf(line, width());
        for (int p = 0; p < first.length; p++) {
            terms[line.length + p] = (line[first[p]] * line[second[p]] - means[p]) / deviations[p];
        }
        return terms;
    }

    /** The terms of every row. */
    double[][] of(double[][] rows) {
        return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
    }
}
