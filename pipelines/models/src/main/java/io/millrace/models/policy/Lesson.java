package io.millrace.models.policy;

import java.util.Arrays;

/**
 * What a policy is learned from.
 *
 * @param log       contexts, actions and rewards
 * @param expected  rewards that are expected by models that had not seen the row: one array a row, one value an action
 * @param scores    doubly robust scores of the actions: one array a row, one value an action
 * @param reference the action that others are compared with
 */
@SuppressWarnings("ArrayRecordComponent")
record Lesson(ContactLog log, double[][] expected, double[][] scores, int reference) {

    /** Beyond this a weight would make one row outshout all others in what is learned; what is valued keeps its weights. */
    private static final double MOST_WEIGHT = 50;

    /** The reference is the action with the highest mean score. */
    static Lesson of(ContactLog log, double[][] expected, double[] propensities) {
        double[][] scores = new double[log.size()][];
        double[] sums = new double[log.actions().size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = expected[i].clone();
            int action = log.taken()[i];
            if (action != ContactLog.OTHER) {
                scores[i][action] +=
                        Math.min(MOST_WEIGHT, 1 / propensities[i]) * (log.rewards()[i] - expected[i][action]);
            }
            for (int a = 0; a < sums.length; a++) {
                sums[a] += scores[i][a];
            }
        }
        return new Lesson(log, expected, scores, best(sums));
    }

    /** Place of the largest value, the first of several. */
    static int best(double[] values) {
        int best = 0;
        for (int a = 1; a < values.length; a++) {
            best = values[a] > values[best] ? a : best;
        }
        return best;
    }

    Lesson select(int[] places) {
        return new Lesson(
                log.select(places), ContactLog.at(expected, places), ContactLog.at(scores, places), reference);
    }

    /** The scores of an action above those of the reference, one a row. */
    double[] advantage(int action) {
        return Arrays.stream(scores).mapToDouble(s -> s[action] - s[reference]).toArray();
    }
}
