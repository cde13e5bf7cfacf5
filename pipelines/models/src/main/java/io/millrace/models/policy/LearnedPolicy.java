package io.millrace.models.policy;

import io.millrace.models.policy.UpliftLearner.Uplift;
import java.util.Arrays;
import java.util.List;

/**
 * What to do in a context: the action that promises most above the reference, if that is more than a margin; else the reference.
 *
 * @param learner   what it was learned by, in words
 * @param reference the action of whoever is not worth another one
 * @param uplifts   what is promised: the mean of them; none for the reference always
 * @param margin    that has to be exceeded, at least 0
 */
record LearnedPolicy(String learner, int reference, List<Uplift> uplifts, double margin) {

    /** The same action for everybody. */
    static LearnedPolicy always(int action) {
        return new LearnedPolicy("best single action", action, List.of(), 0);
    }

    /** The action for each row. @param expected what a reward model expects of each action */
    int[] choose(double[][] rows, double[][] expected) {
        if (uplifts.isEmpty()) {
            int[] same = new int[rows.length];
            Arrays.fill(same, reference);
            return same;
        }
        return choose(mean(uplifts.stream().map(u -> u.of(rows, expected)).toList()), reference, margin);
    }

    static int[] choose(double[][] uplift, int reference, double margin) {
        return Arrays.stream(uplift)
                .mapToInt(of -> {
                    int best = Lesson.best(of);
                    return of[best] > margin ? best : reference;
                })
                .toArray();
    }

    static double[][] mean(List<double[][]> uplifts) {
        double[][] mean = new double[uplifts.get(0).length][uplifts.get(0).length == 0 ? 0 : uplifts.get(0)[0].length];
        for (double[][] uplift : uplifts) {
            for (int i = 0; i < mean.length; i++) {
                for (int a = 0; a < mean[i].length; a++) {
                    mean[i][a] += uplift[i][a] / uplifts.size();
                }
            }
        }
        return mean;
    }
}
