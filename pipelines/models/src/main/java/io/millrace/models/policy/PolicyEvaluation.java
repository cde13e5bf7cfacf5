package io.millrace.models.policy;

import io.millrace.models.policy.PolicyReport.Overlap;
import io.millrace.models.policy.Valuation.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Learns a policy from a log and values it beside plain ones. Each fold is judged by what the other folds teach: expected rewards,
 * propensities, the best single action and the policy (cross-fitting; Chernozhukov and others, "Double/debiased machine learning", 2018).
 * On the other folds the same is done once more, so that the learner is chosen on rows that it has not seen.
 */
public final class PolicyEvaluation {

    /** A propensity below this is tiny: estimated ones are raised to it. */
    public static final double TINY = 0.01;

    /** Rows of an action, at least, for it to be judged. */
    public static final int FEWEST = 50;

    /** Share of rows without support from which on the gate does not let a policy pass. */
    public static final double MOST_UNSUPPORTED = 0.05;

    /**
     * Standard errors by which the context has to tell the action better than shares do. Few, because to miss that it does biases every
     * value, and a model that tells nothing is nearly the shares.
     */
    private static final double TOLD = 1;

    /** Standard errors from 1 at which a mean weight is no chance any more. */
    private static final double DOUBT = 5;

    private final Options options;

    /**
     * How it is done.
     *
     * @param folds   that are judged, at least 2
     * @param inner   folds inside the others, at least 2
     * @param seed    of folds and trees
     * @param threads at a time, at least 1; the result does not depend on it
     */
    public record Options(int folds, int inner, long seed, int threads) {
        public Options {
            if (folds < 2 || inner < 2 || threads < 1) {
                throw new IllegalArgumentException(
                        "There are %d folds, %d inside and %d threads; give at least 2, 2 and 1"
                                .formatted(folds, inner, threads));
            }
        }
    }

    public PolicyEvaluation(Options options) {
        this.options = options;
    }

    /** What one fold says of its rows. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Judged(
            int[] places,
            double[][] expected,
            double[] propensities,
            boolean[] clipped,
            boolean[] unsupported,
            boolean[] singleUnsupported,
            LearnedPolicy policy,
            int[] choice) {}

    /** Learns and values. @throws IllegalArgumentException if an action has fewer rows than {@link #FEWEST} */
    public PolicyReport run(ContactLog log) {
        for (int a = 0; a < log.actions().size(); a++) {
            int count = log.places(a).length;
            if (count < FEWEST) {
                throw new IllegalArgumentException("'%s' has %d rows; at least %d are needed to judge an action"
                        .formatted(log.actions().get(a), count, FEWEST));
            }
        }
        Folds folds = new Folds(log, options.folds(), options.seed());
        PropensitySource source = source(log, folds);
        return report(log, source, judged(log, folds, source));
    }

    /** Whether the context tells the action: by the log loss of a model on rows that it has not seen, against that of the shares. */
    private PropensitySource source(ContactLog log, Folds folds) {
        if (log.hasPropensities()) {
            return PropensitySource.LOGGED;
        }
        double[][] told = PropensityModel.fit(log, folds, options.seed()).outOfFold();
        double[] shares = log.shares();
        double[] gains = IntStream.range(0, log.size())
                .filter(i -> log.taken()[i] != ContactLog.OTHER)
                .mapToDouble(i -> Math.log(Math.max(1e-6, told[i][log.taken()[i]]) / shares[log.taken()[i]]))
                .toArray();
        double mean = Arrays.stream(gains).average().orElseThrow();
        return mean > TOLD * Estimate.error(gains, mean) ? PropensitySource.ESTIMATED : PropensitySource.CONSTANT;
    }

    private List<Judged> judged(ContactLog log, Folds folds, PropensitySource source) {
        ExecutorService pool = Executors.newFixedThreadPool(options.threads());
        try {
            List<Future<Judged>> futures = new ArrayList<>();
            for (int f = 0; f < folds.count(); f++) {
                int fold = f;
                futures.add(pool.submit(() -> judge(log, folds, fold, source)));
            }
            List<Judged> judged = new ArrayList<>();
            for (Future<Judged> future : futures) {
                judged.add(future.get());
            }
            return judged;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The evaluation was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The evaluation failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Judged judge(ContactLog log, Folds folds, int fold, PropensitySource source) {
        int[] inside = folds.inside(fold);
        ContactLog others = log.select(folds.outside(fold));
        ContactLog held = log.select(inside);
        Folds inner = new Folds(others, options.inner(), options.seed() + 1);
        RewardModel rewards = RewardModel.fit(others, inner, options.seed());
        Propensities propensities = Propensities.of(source, others, held, inner, options.seed());
        Lesson lesson = Lesson.of(others, rewards.outOfFold(), propensities.learned());
        LearnedPolicy policy = new PolicyLearner(UpliftLearners.all(options.seed())).learn(lesson, inner);
        double[][] expected = rewards.of(held.rows());
        int[] choice = policy.choose(held.rows(), expected);
        int[] single = new int[choice.length];
        Arrays.fill(single, policy.reference());
        return new Judged(
                inside,
                expected,
                propensities.held(),
                propensities.clipped(),
                propensities.unsupported(choice),
                propensities.unsupported(single),
                policy,
                choice);
    }

    private PolicyReport report(ContactLog log, PropensitySource source, List<Judged> judged) {
        int rows = log.size();
        int actions = log.actions().size();
        double[][] expected = new double[rows][];
        double[] propensities = new double[rows];
        int[] choice = new int[rows];
        int[] single = new int[rows];
        int clipped = 0;
        int unsupported = 0;
        int singleUnsupported = 0;
        Map<String, Integer> learners = new TreeMap<>();
        for (Judged fold : judged) {
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
        Valuation valuation = new Valuation(log.taken(), log.rewards(), propensities, expected);
        double[][] learned = Valuation.choosing(choice, actions);
        double[][] best = Valuation.choosing(single, actions);
        double[][] uniform = Valuation.uniform(rows, actions);
        Estimate gain = valuation.gain(learned, best);
        boolean passes = gain.low() > 0 && unsupported <= MOST_UNSUPPORTED * rows;
        double[][] advised = passes ? learned : best;
        double[][] same = Valuation.always(bestAction(valuation, rows, actions), rows, actions);
        Values ofLearned = valued(valuation, learned, same);
        Values ofBest = valued(valuation, best, same);
        Map<String, Values> always = new LinkedHashMap<>();
        Map<String, Estimate> gains = new LinkedHashMap<>();
        gains.put("logging_policy", valuation.gainOverLogged(advised));
        gains.put("best_single_action", valuation.gain(advised, best));
        gains.put("uniform", valuation.gain(advised, uniform));
        for (int a = 0; a < actions; a++) {
            double[][] one = Valuation.always(a, rows, actions);
            always.put(log.actions().get(a), valuation.of(one));
            gains.put(log.actions().get(a), valuation.gain(advised, one));
        }
        Overlap overlap = overlap(
                log,
                propensities,
                (double) clipped / rows,
                (double) unsupported / rows,
                (double) (passes ? unsupported : singleUnsupported) / rows);
        return new PolicyReport(
                passes ? ofLearned : ofBest,
                ofLearned,
                valuation.logged(),
                ofBest,
                valuation.of(uniform),
                always,
                gain,
                gains,
                passes,
                log.actions().get(bestAction(valuation, rows, actions)),
                choice,
                shares(log, choice),
                learners,
                source,
                overlap);
    }

    private static int bestAction(Valuation valuation, int rows, int actions) {
        double[] values = new double[actions];
        Arrays.setAll(
                values,
                a -> valuation.of(Valuation.always(a, rows, actions)).dr().value());
        return Lesson.best(values);
    }

    /**
     * Values of what the folds chose. The choices of the folds rest on rows that they share, so that errors of the folds go together, which no
     * variance within the folds shows (Bengio and Grandvalet, "No unbiased estimator of the variance of k-fold cross-validation", 2004).
     * Therefore the variance of the difference from what everybody could have chosen, the best action on all rows, counts twice.
     */
    private static Values valued(Valuation valuation, double[][] chosen, double[][] same) {
        return valuation.of(chosen).widenedBy(valuation.gain(chosen, same));
    }

    private static Map<String, Double> shares(ContactLog log, int[] choice) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int action : choice) {
            shares.merge(log.actions().get(action), 1.0 / choice.length, Double::sum);
        }
        return shares;
    }

    private static Overlap overlap(
            ContactLog log, double[] propensities, double clipped, double learnedUnsupported, double unsupported) {
        double tiny = Arrays.stream(propensities).filter(p -> p < TINY).count() / (double) log.size();
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
        return new Overlap(tiny, clipped, learnedUnsupported, unsupported, means, doubtful);
    }
}
