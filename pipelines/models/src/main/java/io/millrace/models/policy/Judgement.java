package io.millrace.models.policy;

import io.millrace.models.policy.PolicyReport.Overlap;
import io.millrace.models.policy.Valuation.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all folds say of a log together, and what follows from it. */
final class Judgement {

    /** Standard errors from 1 at which a mean weight is no chance any more. */
    private static final double DOUBT = 5;

    private final ContactLog log;
    private final int actions;
    private final double[][] expected;
    private final double[] propensities;
    private final int[] choice;
    private final int[] single;
    private final Map<String, Integer> learners = new TreeMap<>();
    private int clipped;
    private int unsupported;
    private int singleUnsupported;

    private Judgement(ContactLog log) {
        this.log = log;
        this.actions = log.actions().size();
        this.expected = new double[log.size()][];
        this.propensities = new double[log.size()];
        this.choice = new int[log.size()];
        this.single = new int[log.size()];
    }

    static Judgement of(ContactLog log, List<JudgedFold> folds) {
        Judgement judgement = new Judgement(log);
        folds.forEach(judgement::add);
        return judgement;
    }

    private void add(JudgedFold fold) {
        learners.merge(fold.policy().learner(), 1, Integer::sum);
        for (int i = 0; i < fold.places().length; i++) {
            int at = fold.places()[i];
            expected[at] = fold.expected()[i];
            propensities[at] = fold.propensities()[i];
            choice[at] = fold.choice()[i];
            single[at] = fold.policy().reference();
            clipped += fold.clipped()[i] ? 1 : 0;
            unsupported += fold.unsupported()[i] ? 1 : 0;
            singleUnsupported += fold.singleUnsupported()[i] ? 1 : 0;
        }
    }

    PolicyReport report(PropensitySource source) {
        Valuation valuation = new Valuation(log.taken(), log.rewards(), propensities, expected);
        double[][] learned = Valuation.choosing(choice, actions);
        double[][] best = Valuation.choosing(single, actions);
        Estimate gain = valuation.gain(learned, best);
        boolean passes = gain.low() > 0 && unsupported <= PolicyEvaluation.MOST_UNSUPPORTED * log.size();
        Map<String, Values> always = always(valuation);
        int bestOfAll = Lesson.best(
                always.values().stream().mapToDouble(v -> v.dr().value()).toArray());
        Values ofLearned = valued(valuation, learned, everybody(bestOfAll));
        Values ofBest = valued(valuation, best, everybody(bestOfAll));
        return new PolicyReport(
                passes ? ofLearned : ofBest,
                ofLearned,
                valuation.logged(),
                ofBest,
                valuation.of(Valuation.uniform(log.size(), actions)),
                always,
                gain,
                gains(valuation, passes ? learned : best, best),
                passes,
                log.actions().get(bestOfAll),
                choice,
                shares(),
                learners,
                source,
                overlap(passes));
    }

    private double[][] everybody(int action) {
        return Valuation.always(action, log.size(), actions);
    }

    private Map<String, Values> always(Valuation valuation) {
        Map<String, Values> always = new LinkedHashMap<>();
        for (int a = 0; a < actions; a++) {
            always.put(log.actions().get(a), valuation.of(everybody(a)));
        }
        return always;
    }

    private Map<String, Estimate> gains(Valuation valuation, double[][] advised, double[][] best) {
        Map<String, Estimate> gains = new LinkedHashMap<>();
        gains.put("logging_policy", valuation.gainOverLogged(advised));
        gains.put("best_single_action", valuation.gain(advised, best));
        gains.put("uniform", valuation.gain(advised, Valuation.uniform(log.size(), actions)));
        for (int a = 0; a < actions; a++) {
            gains.put(log.actions().get(a), valuation.gain(advised, everybody(a)));
        }
        return gains;
    }

    /**
     * Values of what the folds chose. The choices of the folds rest on rows that they share, so that errors of the folds go together, which no
     * variance within the folds shows (Bengio and Grandvalet, "No unbiased estimator of the variance of k-fold cross-validation", 2004).
     * Therefore the variance of the difference from what everybody could have chosen, the best action on all rows, counts twice.
     */
    private static Values valued(Valuation valuation, double[][] chosen, double[][] same) {
        return valuation.of(chosen).widenedBy(valuation.gain(chosen, same));
    }

    private Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int action : choice) {
            shares.merge(log.actions().get(action), 1.0 / choice.length, Double::sum);
        }
        return shares;
    }

    private Overlap overlap(boolean passes) {
        double rows = log.size();
        double tiny = Arrays.stream(propensities)
                        .filter(p -> p < PolicyEvaluation.TINY)
                        .count()
                / rows;
        Map<String, Double> means = new LinkedHashMap<>();
        Optional<String> doubtful = Optional.empty();
        double furthest = DOUBT;
        for (int a = 0; a < log.actions().size(); a++) {
            double[] weights = new double[log.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = log.taken()[i] == a ? 1 / propensities[i] : 0;
            }
            double mean = Arrays.stream(weights).average().orElseThrow();
            double distance = Math.abs(mean - 1) / Math.max(1e-9, Estimate.error(weights, mean));
            means.put(log.actions().get(a), mean);
            if (log.hasPropensities() && distance > furthest && Math.abs(mean - 1) > 0.1) {
                furthest = distance;
                doubtful = Optional.of(log.actions().get(a));
            }
        }
        return new Overlap(
                tiny,
                clipped / rows,
                unsupported / rows,
                (passes ? unsupported : singleUnsupported) / rows,
                means,
                doubtful);
    }
}
