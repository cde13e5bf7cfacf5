package io.millrace.models.churn;

import java.util.Map;

/**
 * How trees are boosted.
 *
 * @param depth  depth of a tree, 1 to 12
 * @param rounds number of trees, at least 1
 * @param seed   of the draws of rows and columns
 */
public record Boosting(int depth, int rounds, long seed) implements Learner {

    /** Small steps and many trees; rows and columns are drawn anew for each (stochastic gradient boosting, Friedman, 2002). */
    public static final double LEARNING_RATE = 0.05;

    public static final double ROW_SHARE = 0.8;
    public static final double COLUMN_SHARE = 0.6;

    /** Least sum of second derivatives in a leaf, about four times that in rows at a balanced node. */
    public static final double LEAF_WEIGHT = 4;

    /** Ridge penalty on the values of leaves. */
    public static final double LEAF_PENALTY = 2;

    public Boosting {
        if (depth < 1 || depth > 12) {
            throw new IllegalArgumentException("Trees have depth " + depth + "; give 1 to 12");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("Boosting has " + rounds + " rounds; give at least 1");
        }
    }

    @Override
    public Margin fit(TrainingSet set, Fitting fitting) {
        return new BoostedTrees(fitting.boosted(set.rows(), set.labels(), this));
    }

    @Override
    public String toString() {
        return "%d trees of depth %d".formatted(rounds, depth);
    }

    Boosting withRounds(int wanted) {
        return new Boosting(depth, wanted, seed);
    }

    /** The parameters by XGBoost's names. One thread, because sums over several differ from run to run. */
    public Map<String, Object> parameters() {
        return Map.ofEntries(
                Map.entry("objective", "binary:logistic"),
                Map.entry("eval_metric", "logloss"),
                Map.entry("tree_method", "hist"),
                Map.entry("max_depth", depth),
                Map.entry("eta", LEARNING_RATE),
                Map.entry("subsample", ROW_SHARE),
                Map.entry("colsample_bytree", COLUMN_SHARE),
                Map.entry("min_child_weight", LEAF_WEIGHT),
                Map.entry("lambda", LEAF_PENALTY),
                Map.entry("seed", seed),
                Map.entry("nthread", 1),
                Map.entry("verbosity", 0),
                Map.entry("verbose_eval", "0"));
    }
}
