package io.millrace.models.metrics;

/** Metrics of scores that are probabilities of label 1; lower is better. */
public final class ProbabilityScore {

    /** Probabilities are kept this far from 0 and 1, so that one sure and wrong score does not cost infinitely much. */
    private static final double CLIP = 1e-15;

    private ProbabilityScore() {}

    /** The mean negative log-likelihood in nats, 0 or more. */
    public static double logLoss(double[] probabilities, int[] labels) {
        return mean(logLosses(probabilities, labels));
    }

    /** The mean squared distance between probability and label, 0 to 1. */
    public static double brier(double[] probabilities, int[] labels) {
        return mean(squaredErrors(probabilities, labels));
    }

    /** The negative log-likelihood of each row in nats. */
    static double[] logLosses(double[] probabilities, int[] labels) {
        check(probabilities, labels);
        double[] losses = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            double given = labels[i] == 1 ? probabilities[i] : 1 - probabilities[i];
            losses[i] = -Math.log(Math.min(Math.max(given, CLIP), 1 - CLIP));
        }
        return losses;
    }

    /** The squared distance between probability and label of each row. */
    static double[] squaredErrors(double[] probabilities, int[] labels) {
        check(probabilities, labels);
        double[] errors = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            errors[i] = (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
        }
        return errors;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void check(double[] probabilities, int[] labels) {
        Scored.check(probabilities, labels);
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] < 0 || probabilities[i] > 1) {
                throw new IllegalArgumentException("Row " + i + " has probability " + probabilities[i]
                        + ": it has to be between 0 and 1. Maybe the scores are not calibrated yet.");
            }
        }
    }
}
