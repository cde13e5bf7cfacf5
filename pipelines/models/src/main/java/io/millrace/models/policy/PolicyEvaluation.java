package io.millrace.models.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        return Judgement.of(log, judged(log, folds, source)).report(source);
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

    private List<JudgedFold> judged(ContactLog log, Folds folds, PropensitySource source) {
        ExecutorService pool = Executors.newFixedThreadPool(options.threads());
        try {
            List<Future<JudgedFold>> futures = new ArrayList<>();
            for (int f = 0; f < folds.count(); f++) {
                int fold = f;
                futures.add(pool.submit(() -> judge(log, folds, fold, source)));
            }
            List<JudgedFold> judged = new ArrayList<>();
            for (Future<JudgedFold> future : futures) {
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

    private JudgedFold judge(ContactLog log, Folds folds, int fold, PropensitySource source) {
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
        return new JudgedFold(
                inside,
                expected,
                propensities.held(),
                propensities.clipped(),
                propensities.unsupported(choice),
                propensities.unsupported(single),
                policy,
                choice);
    }
}
