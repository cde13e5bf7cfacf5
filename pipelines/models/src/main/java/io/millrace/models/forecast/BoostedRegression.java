package io.millrace.models.forecast;

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
final class BoostedRegression implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int ROUNDS = 120;

    private final byte[] bytes;
    private transient Booster booster;

    private BoostedRegression(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param rows    one after another, each of as many columns, NaN where a value is missing
     * @param targets one a row, one or more
     */
    static BoostedRegression fit(float[] rows, float[] targets, long seed) {
        try {
            DMatrix matrix = matrix(rows, targets.length);
            matrix.setLabel(targets);
            Booster booster = XGBoost.train(matrix, parameters(seed), ROUNDS, Map.of(), null, null);
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

    /** Small steps, and leaves of many rows: what is left of a good forecast is noise for the most part. */
    private static Map<String, Object> parameters(long seed) {
        return Map.ofEntries(
                Map.entry("objective", "reg:squarederror"),
                Map.entry("tree_method", "hist"),
                Map.entry("max_bin", 64),
                Map.entry("max_depth", 5),
                Map.entry("eta", 0.04),
                Map.entry("subsample", 0.6),
                Map.entry("colsample_bytree", 0.5),
                Map.entry("min_child_weight", 50),
                Map.entry("lambda", 10),
                Map.entry("base_score", 0),
                Map.entry("seed", seed),
                Map.entry("nthread", 1),
                Map.entry("verbosity", 0));
    }

    /** What is expected of each of {@code count} rows. A booster answers one thread at a time. */
    synchronized double[] predict(float[] rows, int count) {
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
