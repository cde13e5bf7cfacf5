package io.millrace.models.metrics;

/** What every metric of scores and labels asks of its input. */
final class Scored {

    private Scored() {}

    /** Refuses scores and labels that are empty, of different lengths, not finite, or labels other than 0 and 1. */
    static void check(double[] scores, int[] labels) {
        if (scores.length != labels.length || scores.length == 0) {
            throw new IllegalArgumentException("There are " + scores.length + " scores and " + labels.length
                    + " labels: give one label for each score, and at least one.");
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i]) || (labels[i] != 0 && labels[i] != 1)) {
                throw new IllegalArgumentException("Row " + i + " has score " + scores[i] + " and label " + labels[i]
                        + ": scores have to be finite and labels 0 or 1.");
            }
        }
    }

    /** The number of labels that are 1. */
    static int positives(int[] labels) {
        int count = 0;
        for (int label : labels) {
            count += label;
        }
        return count;
    }
}
