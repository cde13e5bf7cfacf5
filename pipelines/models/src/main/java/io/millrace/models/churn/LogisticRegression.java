package io.millrace.models.churn;

import java.util.Arrays;

/**
 * Logistic regression on standardised terms. A contribution is coefficient times distance from the mean, which is the
 * Shapley value of a linear model with independent features (Lundberg and Lee, 2017, corollary 1).
 */
final class LogisticRegression implements Margin {

    /** Ridge penalty, on the mean loss. */
    static final double RIDGE = 1e-3;

    private final LinearTerms terms;
    private final double[] coefficients;
    private final double intercept;

    /** @param coefficients one a term */
    LogisticRegression(LinearTerms terms, double[] coefficients, double intercept) {
        if (coefficients.length != terms.width()) {
            throw new IllegalArgumentException(
                    "There are %d coefficients for %d terms".formatted(coefficients.length, terms.width()));
        }
        this.terms = terms;
        this.coefficients = coefficients;
        this.intercept = intercept;
    }

    static LogisticRegression fit(TrainingSet set, int knots, Fitting fitting) {
        LinearTerms terms = LinearTerms.fit(set.rows(), knots);
        double[] solved = fitting.logistic(terms.of(set.rows()), set.labels(), RIDGE);
        return new LogisticRegression(terms, Arrays.copyOf(solved, terms.width()), solved[terms.width()]);
    }

    LinearTerms terms() {
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
            effects[terms.feature(t)] += coefficients[t] * of[t];
        }
        effects[row.length] = intercept;
        return effects;
    }
}
