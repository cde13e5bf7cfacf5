package io.millrace.models.policy;

import io.millrace.models.policy.Valuation.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a learned policy is worth beside the plain ones, every row judged by what other rows teach. Money and counts are a row of the log.
 *
 * @param policy        the values of what is advised: the learned policy if the gate lets it pass, else the best single action
 * @param learned       of the learned policy, whatever the gate says
 * @param logging       of what was done
 * @param bestSingle    of the one action that looked best on the other rows
 * @param uniform       of all judged actions with the same probability
 * @param always        of each judged action, by name
 * @param gain          of the learned policy over the best single action, in pairs
 * @param gains         of the advised policy over {@code logging}, {@code best_single_action}, {@code uniform} and each action by name
 * @param isLearned     whether the gate lets the learned policy pass: the lower end of its gain is above 0, and the log has overlap
 * @param bestAction    the action that is best on all rows
 * @param choice        place of the action that the learned policy takes, one a row
 * @param shares        share of the rows for which it takes each action, by name
 * @param learners      what the policies of the folds were learned by, with the number of folds
 * @param source        where propensities come from
 * @param overlap       how far the log supports the policy
 */
@SuppressWarnings("ArrayRecordComponent")
public record PolicyReport(
        Values policy,
        Values learned,
        Values logging,
        Values bestSingle,
        Values uniform,
        Map<String, Values> always,
        Estimate gain,
        Map<String, Estimate> gains,
        boolean isLearned,
        String bestAction,
        int[] choice,
        Map<String, Double> shares,
        Map<String, Integer> learners,
        PropensitySource source,
        Overlap overlap) {

    /**
     * How far a log supports a policy.
     *
     * @param tiny        share of the rows whose propensity is below {@link PolicyEvaluation#TINY}
     * @param clipped     share of the rows whose estimated propensity was raised to that; 0 for logged ones, which stay what they are
     * @param learnedUnsupported share of the rows in whose context the log hardly ever takes the action of the learned policy, as far as
     *     propensities are estimated
     * @param unsupported the same of the policy that is advised: there its value is what models expect, and no more
     * @param meanWeights mean of (1 if the action was taken, else 0) / (its propensity), for each action by name: 1 if the propensities are right
     * @param doubtful    the action whose mean weight is furthest from 1, if it is too far for chance
     */
    public record Overlap(
            double tiny,
            double clipped,
            double learnedUnsupported,
            double unsupported,
            Map<String, Double> meanWeights,
            Optional<String> doubtful) {}

    /** Names of the judged actions. */
    public List<String> actions() {
        return List.copyOf(always.keySet());
    }
}
