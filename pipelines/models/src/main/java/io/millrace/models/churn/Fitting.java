package io.millrace.models.churn;

/** Where models are fitted: in this process, or on Spark. The same rows give the same model either way. */
public interface Fitting {

    /**
     * Ridge logistic regression: minimises the mean log loss plus half of {@code ridge} times the squared coefficients.
     *
     * @param terms  standardised, one array a row
     * @param labels 0 or 1
     * @return the coefficients, one a term, and behind them the intercept, which is not penalised
     */
    double[] logistic(double[][] terms, int[] labels, double ridge);

    /**
     * Boosted trees.
     *
     * @param rows   one array a row, NaN where a value is missing
     * @param labels 0 or 1
     * @return the booster in XGBoost's own format
     */
    byte[] boosted(double[][] rows, int[] labels, Boosting boosting);
}
