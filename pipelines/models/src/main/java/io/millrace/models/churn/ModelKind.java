package io.millrace.models.churn;

import java.util.Locale;

/** What a churn model is made of. */
public enum ModelKind {
    LOGISTIC_REGRESSION,
    XGBOOST,
    /** A weighted sum of the log-odds of every learner. */
    BLEND;

    /** The name in metrics and tables, as in {@code logistic_regression}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
