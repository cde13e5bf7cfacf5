package io.millrace.models.churn;

/**
 * Ridge logistic regression.
 *
 * @param knots most bends of the line of a feature, at quantiles of its values; 0 for a straight one
 */
record Logistic(int knots) implements Learner {

    static final Logistic LINEAR = new Logistic(0);

    /** What rises and falls again, or rises to a point, without the variance of trees. */
    static final Logistic SPLINE = new Logistic(4);

    @Override
    public LogisticRegression fit(TrainingSet set, Fitting fitting) {
        return LogisticRegression.fit(set, knots, fitting);
    }

    @Override
    public String toString() {
        return knots == 0 ? "logistic regression" : "logistic spline";
    }
}
