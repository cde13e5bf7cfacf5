package io.millrace.models.churn;

import java.io.IOException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees of XGBoost (Chen and Guestrin, 2016). Contributions are Shapley values along the paths of the
 * trees (Lundberg, Erion and Lee, 2018).
 */
public final class BoostedTrees implements Margin {

    private final byte[] bytes;
    private final Booster booster;

    /** @param bytes a booster in XGBoost's own format. @throws IllegalArgumentException where it cannot be read */
    BoostedTrees(byte[] bytes) {
        this.bytes = bytes.clone();
        try {
            this.booster = XGBoost.loadModel(this.bytes);
        } catch (XGBoostError | IOException e) {
            throw new IllegalArgumentException("XGBoost cannot read the trees: " + e.getMessage(), e);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public double[] margins(double[][] rows) {
        double[] margins = new double[rows.length];
        float[][] predictions = ask(rows, matrix -> booster.predict(matrix, true));
        for (int i = 0; i < rows.length; i++) {
            margins[i] = predictions[i][0];
        }
        return margins;
    }

    @Override
    public double[][] contributions(double[][] rows) {
        float[][] effects = ask(rows, matrix -> booster.predictContrib(matrix, 0));
        double[][] wide = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            wide[i] = new double[effects[i].length];
            for (int j = 0; j < wide[i].length; j++) {
                wide[i][j] = effects[i][j];
            }
        }
        return wide;
    }

    private interface Question {
        float[][] ask(DMatrix matrix) throws XGBoostError;
    }

    /** A booster answers one thread at a time. */
    private synchronized float[][] ask(double[][] rows, Question question) {
        if (rows.length == 0) {
            return new float[0][];
        }
        try {
            DMatrix matrix = InProcess.matrix(rows);
            try {
                return question.ask(matrix);
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }
}
