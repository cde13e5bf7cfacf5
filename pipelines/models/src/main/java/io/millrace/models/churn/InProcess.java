package io.millrace.models.churn;

import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Fits in this process, on one thread: Newton's method, and XGBoost through its native library. */
public final class InProcess implements Fitting {

    /** Rounds without a gain on the watched rows after which boosting stops. */
    private static final int PATIENCE = 40;

    @Override
    public double[] logistic(double[][] terms, int[] labels, double ridge) {
        return new NewtonLogistic(terms, labels, ridge).solve();
    }

    @Override
    public byte[] boosted(double[][] rows, int[] labels, Boosting boosting) {
        try {
            DMatrix matrix = matrix(rows, labels);
            Booster booster = XGBoost.train(matrix, boosting.parameters(), boosting.rounds(), Map.of(), null, null);
            try {
                return booster.toByteArray();
            } finally {
                booster.dispose();
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /**
     * Boosts while the log loss of {@code watched} falls, at most {@code boosting.rounds()}.
     *
     * @param use what to do with the booster, the watched rows as a matrix and their log loss after each round
     */
    static <T> T watched(TrainingSet set, TrainingSet watched, Boosting boosting, Watched<T> use) {
        try {
            DMatrix matrix = matrix(set.rows(), set.labels());
            DMatrix held = matrix(watched.rows(), watched.labels());
            float[][] losses = new float[1][boosting.rounds()];
            Booster booster = XGBoost.train(
                    matrix,
                    boosting.parameters(),
                    boosting.rounds(),
                    Map.of("watched", held),
                    losses,
                    null,
                    null,
                    PATIENCE);
            matrix.dispose();
            int rounds = booster.getNumBoostedRound();
            return use.with(booster, held, java.util.Arrays.copyOf(losses[0], rounds));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** What is done with a booster and the rows that it was watched on. */
    interface Watched<T> {
        T with(Booster booster, DMatrix watched, float[] losses);
    }

    static DMatrix matrix(double[][] rows) throws XGBoostError {
        int columns = rows[0].length;
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                flat[i * columns + j] = (float) rows[i][j];
            }
        }
        return new DMatrix(flat, rows.length, columns, Float.NaN);
    }

    private static DMatrix matrix(double[][] rows, int[] labels) throws XGBoostError {
        DMatrix matrix = matrix(rows);
        float[] wanted = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            wanted[i] = labels[i];
        }
        matrix.setLabel(wanted);
        return matrix;
    }
}
