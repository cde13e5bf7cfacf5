package io.millrace.models.churn;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Fits churn models. Every fit of a cross-validation runs in this process; the models that are kept are fitted where
 * {@code fitting} says, on Spark in the night.
 */
public final class ChurnTrainer {

    /** Depths of trees that are tried: interactions of two features, and of several. */
    private static final List<Integer> DEPTHS = List.of(2, 4);

    private static final int MOST_ROUNDS = 500;

    /** Fewest groups of either class that are learned from: with fewer there is nothing to validate on. */
    private static final int FEWEST = 10;

    private final Options options;
    private final Fitting fitting;

    public ChurnTrainer(Options options, Fitting fitting) {
        this.options = options;
        this.fitting = fitting;
    }

    /**
     * How it is trained.
     *
     * @param folds   folds of the cross-validation, at least 2
     * @param seed    of folds and boosting
     * @param threads fits at a time, at least 1; nothing else depends on it
     */
    public record Options(int folds, long seed, int threads) {
        public Options {
            if (folds < 2 || threads < 1) {
                throw new IllegalArgumentException(
                        "Training has %d folds and %d threads; give at least 2 folds and 1 thread"
                                .formatted(folds, threads));
            }
        }
    }

    /** True where there is enough of both classes to learn from. */
    public static boolean suffices(TrainingSet set) {
        return set.size() > 0 && GroupedFolds.scarcest(set) >= FEWEST;
    }

    /**
     * Models of every kind.
     *
     * @throws IllegalArgumentException where {@link #suffices} does not hold
     */
    public ChurnFit fit(TrainingSet set) {
        return fit(set, EnumSet.allOf(ModelKind.class));
    }

    /**
     * Models of some kinds, and what they need alone. Depth and number of trees are those that the cross-validation likes
     * best, and so are the weights of a blend.
     *
     * @throws IllegalArgumentException where {@link #suffices} does not hold
     */
    public ChurnFit fit(TrainingSet set, Set<ModelKind> kinds) {
        if (!suffices(set)) {
            throw new IllegalArgumentException("Of %d rows %d left; at least %d of each class are needed to learn from"
                    .formatted(set.size(), set.positives(), FEWEST));
        }
        CrossValidation.Result validated =
                new CrossValidation(set, options.folds(), options.seed(), learners(kinds)).run(options.threads());
        return ChurnFit.of(set, validated, kinds, fitting);
    }

    private List<Learner> learners(Set<ModelKind> kinds) {
        List<Learner> learners = new ArrayList<>();
        if (kinds.contains(ModelKind.LOGISTIC_REGRESSION) || kinds.contains(ModelKind.BLEND)) {
            learners.add(Logistic.LINEAR);
        }
        if (kinds.contains(ModelKind.BLEND)) {
            learners.add(Logistic.SPLINE);
            learners.add(Logistic.INTERACTIONS);
        }
        if (kinds.contains(ModelKind.XGBOOST) || kinds.contains(ModelKind.BLEND)) {
            DEPTHS.forEach(depth -> learners.add(new Boosting(depth, MOST_ROUNDS, options.seed())));
        }
        return learners;
    }
}
