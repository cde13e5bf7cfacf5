package io.millrace.models.churn;

import java.util.Arrays;

/**
 * Logistic regression on standardised terms. A contribution is coefficient times distance from the mean, which is the
 * Shapley value of a linear model with independent features (Lundberg and Lee, 2017, corollary 1); the two features of a
 * product share what it adds.
 */
public final class LogisticRegression implements Margin {

    private final Terms terms;
    private final double[] coefficients;
    private final double intercept;

    /** @param coefficients one a term */
    LogisticRegression(Terms terms, double[] coefficients, double intercept) {
        if (coefficients.length != terms.width()) {
            throw new IllegalArgumentException(
                    "There are %d coefficients for %d terms".formatted(coefficients.length, terms.width()));
        }
        this.terms = terms;
        this.coefficients = coefficients;
        this.intercept = intercept;
    }

    Terms terms() {
        return terms;
    }

    double[] coefficients() {
        return coefficients;
    }

    double intercept() {
        return intercept;
    }

    @Override
    public double[] margins(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(this::margin).toArray();
    }

    private double margin(double[] row) {
        double[] of = terms.of(row);
        double sum = intercept;
        for (int t = 0; t < of.length; t++) {
            sum += coefficients[t] * of[t];
        }
        return sum;
    }

    @Override
    public double[][] contributions(double[][] rows) {
        return Arrays.stream(rows).map(this::contributions).toArray(double[][]::new);
    }

    private double[] contributions(double[] row) {
        double[] of = terms.of(row);
        double[] effects = new double[row.length + 1];
        for (int t = 0; t < of.length; t++) {
            double half = coefficients[t] * of[t] / 2;
            effects[terms.feature(t)] += half;
            effects[terms.otherFeature(t)] += half;
        }
        effects[row.length] = intercept;
        return effects;
    }
}
