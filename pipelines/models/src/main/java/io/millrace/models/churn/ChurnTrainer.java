package io.millrace.models.churn;

import java.util.List;

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
     * Models of every kind, with the depth and number of trees that the cross-validation likes best.
     *
     * @throws IllegalArgumentException where {@link #suffices} does not hold
     */
    public ChurnFit fit(TrainingSet set) {
        return fit(set, DEPTHS);
    }

    /** The same with trees of one depth that was chosen before. */
    public ChurnFit fit(TrainingSet set, int depth) {
        return fit(set, List.of(depth));
    }

    private ChurnFit fit(TrainingSet set, List<Integer> depths) {
        if (!suffices(set)) {
            throw new IllegalArgumentException("Of %d rows %d left; at least %d of each class are needed to learn from"
                    .formatted(set.size(), set.positives(), FEWEST));
        }
        List<Boosting> candidates = depths.stream()
                .map(d -> new Boosting(d, MOST_ROUNDS, options.seed()))
                .toList();
        CrossValidation.Result validated =
                new CrossValidation(set, options.folds(), options.seed(), candidates).run(options.threads());
        return ChurnFit.of(set, validated, fitting);
    }
}
