package io.millrace.models.anomaly;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * What is left of a row when the principal components that carry nine tenths of the variance are taken out (Shyu, Chen, Sarinnapakorn, Chang
 * 2003, "A novel anomaly detection scheme based on principal component classifier"). Sees values that are usual each by itself and do not go together.
 */
final class LinearReconstruction implements Member {

    private static final double VARIANCE = 0.9;

    @Override
    public Fitted fit(double[][] rows, long seed) {
        Scale scale = Scale.standard(rows);
        int width = rows[0].length;
        if (width < 2) {
            return row -> Math.abs(scale.of(row)[0]);
        }
        double[][] covariance = new double[width][width];
        for (double[] row : rows) {
            double[] z = scale.of(row);
            for (int i = 0; i < width; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += z[i] * z[j] / rows.length;
                }
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        EigenDecomposition parts = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[] variances = parts.getRealEigenvalues();
        int kept = kept(variances);
        double[][] components = new double[kept][];
        for (int k = 0; k < kept; k++) {
            components[k] = parts.getEigenvector(k).toArray();
        }
        return row -> remainder(scale.of(row), components);
    }

    /** How many components, greatest variance first, carry enough; at least one is left out. */
    private static int kept(double[] variances) {
        double total = 0;
        for (double variance : variances) {
            total += Math.max(0, variance);
        }
        double sum = 0;
        int kept = 0;
        while (kept < variances.length - 1 && sum < VARIANCE * total) {
            sum += Math.max(0, variances[kept++]);
        }
        return kept;
    }

    private static double remainder(double[] z, double[][] components) {
        double[] rest = z.clone();
        for (double[] component : components) {
            double along = 0;
            for (int j = 0; j < z.length; j++) {
                along += z[j] * component[j];
            }
            for (int j = 0; j < z.length; j++) {
                rest[j] -= along * component[j];
            }
        }
        double sum = 0;
        for (double r : rest) {
            sum += r * r;
        }
        return sum;
    }
}
