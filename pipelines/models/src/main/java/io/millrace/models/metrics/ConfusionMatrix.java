package io.millrace.models.metrics;

/**
 * Counts of right and wrong decisions when a row is called positive from a threshold on.
 *
 * @param truePositives  label 1, called positive
 * @param falsePositives label 0, called positive
 * @param trueNegatives  label 0, called negative
 * @param falseNegatives label 1, called negative
 */
public record ConfusionMatrix(long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

    /** The counts for {@code score >= threshold}; labels are 0 or 1. */
    public static ConfusionMatrix at(double threshold, double[] scores, int[] labels) {
        Scored.check(scores, labels);
        long[] counts = new long[4];
        for (int i = 0; i < scores.length; i++) {
            counts[(scores[i] >= threshold ? 2 : 0) + labels[i]]++;
        }
        return new ConfusionMatrix(counts[3], counts[2], counts[0], counts[1]);
    }

    /** The share of rows that are called right, 0 to 1. */
    public double accuracy() {
        long right = truePositives + trueNegatives;
        return (double) right / (right + falsePositives + falseNegatives);
    }

    /** The share of positive calls that are right, 0 to 1; 0 where nothing is called positive. */
    public double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** The share of positive rows that are called so, 0 to 1; 0 where no row is positive. */
    public double recall() {
        return ratio(truePositives, truePositives + falseNegatives);
    }

    /** The harmonic mean of precision and recall, 0 to 1. */
    public double f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
