package io.millrace.models.regression;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees of XGBoost (Chen and Guestrin, 2016) for a number, by squared error. One thread, because sums over several
 * differ from run to run: the same rows and seed give the same trees.
 */
public final class BoostedRegression implements Serializable {

    private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private transient Booster booster;

    private BoostedRegression(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * How trees are boosted.
     *
     * @param rounds     number of trees, at least 1
     * @param depth      of a tree, at least 1
     * @param rate       share of each tree's answer that counts, above 0, at most 1
     * @param leafRows   fewest rows of a leaf, at least 1
     * @param rowShare   share of the rows that each tree sees, above 0, at most 1
     * @param seed       of the draws of rows and columns
     */
    public record Options(int rounds, int depth, double rate, int leafRows, double rowShare, long seed) {

        /** Each tree sees half of the columns. */
        private static final double COLUMN_SHARE = 0.5;

        private static final int LEAF_PENALTY = 10;

        public Options {
            if (rounds < 1
                    || depth < 1
                    || leafRows < 1
                    || !(rate > 0 && rate <= 1)
                    || !(rowShare > 0 && rowShare <= 1)) {
                throw new IllegalArgumentException(
                        "Boosting has %d rounds, depth %d, %d rows a leaf, rate %s and row share %s; give 1 or more, and shares above 0 and at most 1"
                                .formatted(rounds, depth, leafRows, rate, rowShare));
            }
        }

        private Map<String, Object> parameters() {
            return Map.ofEntries(
                    Map.entry("objective", "reg:squarederror"),
                    Map.entry("tree_method", "hist"),
                    Map.entry("max_bin", 64),
                    Map.entry("max_depth", depth),
                    Map.entry("eta", rate),
                    Map.entry("subsample", rowShare),
                    Map.entry("colsample_bytree", COLUMN_SHARE),
                    Map.entry("min_child_weight", leafRows),
                    Map.entry("lambda", LEAF_PENALTY),
                    Map.entry("base_score", 0),
                    Map.entry("seed", seed),
                    Map.entry("nthread", 1),
                    Map.entry("verbosity", 0));
        }
    }

    /**
     * Fits trees. They start from 0, so targets are better centred.
     *
     * @param rows    one after another, each of as many columns, NaN where a value is missing
     * @param targets one a row, one or more
     */
    public static BoostedRegression fit(float[] rows, float[] targets, Options options) {
        try {
            DMatrix matrix = matrix(rows, targets.length);
            matrix.setLabel(targets);
            Booster booster = XGBoost.train(matrix, options.parameters(), options.rounds(), Map.of(), null, null);
            try {
                return new BoostedRegression(booster.toByteArray());
            } finally {
                booster.dispose();
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** What is expected of each of {@code count} rows. A booster answers one thread at a time. */
    public synchronized double[] predict(float[] rows, int count) {
        try {
            if (booster == null) {
                booster = XGBoost.loadModel(bytes);
                booster.setParam("nthread", 1);
            }
            DMatrix matrix = matrix(rows, count);
            try {
                float[][] answers = booster.predict(matrix);
                double[] predictions = new double[count];
                for (int i = 0; i < count; i++) {
                    predictions[i] = answers[i][0];
                }
                return predictions;
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError | IOException e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    private static DMatrix matrix(float[] rows, int count) throws XGBoostError {
        return new DMatrix(rows, count, rows.length / count, Float.NaN);
    }
}
