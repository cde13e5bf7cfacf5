package io.millrace.models.regression;

import java.util.Arrays;

/**
 * Boosted trees around the mean of the targets.
 *
 * @param boosting how they are boosted
 */
public record Trees(BoostedRegression.Options boosting) implements Regressor {

    @Override
    public Fitted fit(double[][] rows, double[] targets) {
        double mean = Arrays.stream(targets).average().orElseThrow();
        if (rows[0].length == 0 || rows.length < 2 * boosting.leafRows()) {
            return asked -> filled(asked.length, mean);
        }
        float[] centred = new float[targets.length];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = (float) (targets[i] - mean);
        }
        BoostedRegression trees = BoostedRegression.fit(flat(rows), centred, boosting);
        return asked -> {
            double[] said = asked.length == 0 ? new double[0] : trees.predict(flat(asked), asked.length);
            for (int i = 0; i < said.length; i++) {
                said[i] += mean;
            }
            return said;
        };
    }

    private static double[] filled(int count, double value) {
        double[] filled = new double[count];
        Arrays.fill(filled, value);
        return filled;
    }

    private static float[] flat(double[][] rows) {
        int columns = rows[0].length;
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                flat[i * columns + j] = (float) rows[i][j];
            }
        }
        return flat;
    }
}
