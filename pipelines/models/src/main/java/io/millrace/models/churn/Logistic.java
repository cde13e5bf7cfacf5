package io.millrace.models.churn;

import io.millrace.models.regression.LinearTerms;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Ridge logistic regression.
 *
 * @param knots    most bends of the line of a feature, at quantiles of its values; 0 for a straight one
 * @param products most products of two features' terms beside the terms themselves
 * @param ridge    penalty on the mean loss
 */
public record Logistic(int knots, int products, double ridge) implements Learner {

    public static final Logistic LINEAR = new Logistic(0, 0, 1e-3);

    /** What rises and falls again, without the variance of trees. */
    public static final Logistic SPLINE = new Logistic(4, 0, 1e-3);

    /** What depends on two features at a time, smoothly, which trees tell in steps. */
    public static final Logistic INTERACTIONS = new Logistic(4, 200, 3e-3);

    /** Rows that bent lines and products learn from, evenly spread: more change little, and time grows with each. */
    private static final int MOST_ROWS = 20_000;

    /** Where {@code fitting} says; lines that bend in this process, because so few rows are no work for several. */
    @Override
    public LogisticRegression fit(TrainingSet set, Fitting fitting) {
        return knots == 0 ? fitted(set, fitting) : fitted(spread(set), new InProcess());
    }

    private LogisticRegression fitted(TrainingSet set, Fitting fitting) {
        LinearTerms lines = LinearTerms.fit(set.rows(), knots);
        Terms terms = products == 0 ? Terms.of(lines) : Screening.products(lines, set, ridge, products);
        double[] solved = fitting.logistic(terms.of(set.rows()), set.labels(), ridge);
        return new LogisticRegression(terms, Arrays.copyOf(solved, terms.width()), solved[terms.width()]);
    }

    private static TrainingSet spread(TrainingSet set) {
        int size = set.size();
        return size <= MOST_ROWS
                ? set
                : set.select(IntStream.range(0, MOST_ROWS)
                        .map(i -> (int) ((long) i * size / MOST_ROWS))
                        .toArray());
    }

    @Override
    public String toString() {
        return knots == 0 ? "logistic regression" : products == 0 ? "logistic spline" : "logistic spline interactions";
    }
}
