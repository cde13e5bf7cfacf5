package io.millrace.models.churn;

/** What log-odds are learned by: one class for each way. */
public sealed interface Learner permits Logistic, Boosting {

    /** Learns from all rows, where {@code fitting} says. */
    Margin fit(TrainingSet set, Fitting fitting);
}
