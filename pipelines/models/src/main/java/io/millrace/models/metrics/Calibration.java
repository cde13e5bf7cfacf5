package io.millrace.models.metrics;

/** A non-decreasing map from a classifier's score to the probability of label 1. */
public interface Calibration {

    /** The probability, 0 to 1, that belongs to a score. */
    double apply(double score);

    /** What {@code ofParameters} of the same class needs to restore this calibration. */
    double[] parameters();

    /** The probabilities that belong to the scores, in their order. */
    default double[] apply(double[] scores) {
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = apply(scores[i]);
        }
        return probabilities;
    }
}
