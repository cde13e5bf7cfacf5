package io.millrace.models.policy;

import io.millrace.models.policy.UpliftLearner.Uplift;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses among uplift learners, and their mean, and how much more than the best single action has to be promised: what gains most on
 * rows that were held out, less one standard error of that gain. Where nothing gains so much, the policy is the best single action.
 */
final class PolicyLearner {

    /** Margins that are tried, in typical advantages (root mean square over rows and actions). */
    private static final double[] MARGINS = {0, 0.25, 0.5, 1};

    private final List<UpliftLearner> learners;

    PolicyLearner(List<UpliftLearner> learners) {
        this.learners = learners;
    }

    /** A way to a policy, and what it says of rows that it was not fitted on. */
    private record Candidate(String name, List<UpliftLearner> learners, double[][] outOfFold) {}

    LearnedPolicy learn(Lesson lesson, Folds folds) {
        String chosen = null;
        List<UpliftLearner> best = List.of();
        double margin = 0;
        double most = 0;
        for (Candidate candidate : candidates(lesson, folds)) {
            double typical = typical(candidate.outOfFold());
            for (double share : MARGINS) {
                double bound = atLeast(
                        lesson, LearnedPolicy.choose(candidate.outOfFold(), lesson.reference(), share * typical));
                if (bound > most) {
                    most = bound;
                    chosen = candidate.name();
                    best = candidate.learners();
                    margin = share * typical;
                }
            }
        }
        if (best.isEmpty()) {
            return LearnedPolicy.always(lesson.reference());
        }
        List<Uplift> uplifts = best.stream().map(learner -> learner.fit(lesson)).toList();
        return new LearnedPolicy(chosen, lesson.reference(), uplifts, margin);
    }

    private List<Candidate> candidates(Lesson lesson, Folds folds) {
        List<Candidate> candidates = new ArrayList<>();
        for (UpliftLearner learner : learners) {
            candidates.add(new Candidate(learner.name(), List.of(learner), outOfFold(learner, lesson, folds)));
        }
        candidates.add(new Candidate(
                "mean of all learners",
                learners,
                LearnedPolicy.mean(candidates.stream().map(Candidate::outOfFold).toList())));
        return candidates;
    }

    private static double[][] outOfFold(UpliftLearner learner, Lesson lesson, Folds folds) {
        double[][] all = new double[lesson.log().size()][];
        for (int f = 0; f < folds.count(); f++) {
            int[] inside = folds.inside(f);
            double[][] held = learner.fit(lesson.select(folds.outside(f)))
                    .of(ContactLog.at(lesson.log().rows(), inside), ContactLog.at(lesson.expected(), inside));
            for (int i = 0; i < inside.length; i++) {
                all[inside[i]] = held[i];
            }
        }
        return all;
    }

    private static double typical(double[][] uplift) {
        double squares = 0;
        long count = 0;
        for (double[] row : uplift) {
            for (double value : row) {
                squares += value * value;
            }
            count += row.length - 1;
        }
        return Math.sqrt(squares / count);
    }

    /** The gain of a choice over the reference, less one standard error. */
    private static double atLeast(Lesson lesson, int[] choice) {
        double[] gains = new double[choice.length];
        double sum = 0;
        for (int i = 0; i < choice.length; i++) {
            gains[i] = lesson.scores()[i][choice[i]] - lesson.scores()[i][lesson.reference()];
            sum += gains[i];
        }
        double mean = sum / choice.length;
        return mean - Estimate.error(gains, mean);
    }
}
