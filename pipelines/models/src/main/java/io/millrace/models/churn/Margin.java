package io.millrace.models.churn;

/** A model whose score is a sum over features on the scale of log-odds, before calibration. */
public sealed interface Margin permits LogisticRegression, BoostedTrees {

    /** Log-odds of leaving, one a row. */
    double[] margins(double[][] rows);

    /** What each feature adds to the log-odds of a row; one more value at the end is what they start from. */
    double[][] contributions(double[][] rows);
}
