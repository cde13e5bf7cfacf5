package io.millrace.models.segment;

import java.util.Arrays;

/**
 * A mixture of normal distributions with a variance for each column, fitted by expectation and maximisation from the groups of k-means (Dempster,
 * Laird, Rubin 1977). A row belongs to the group that most probably made it.
 */
final class GaussianMixture implements Clustering {

    private static final int MOST_ROUNDS = 100;
    private static final double ENOUGH = 1e-4;
    /** Least variance, of columns of variance 1: a group of equal values would else swallow the likelihood. */
    private static final double LEAST_VARIANCE = 1e-2;

    @Override
    public String name() {
        return "gmm";
    }

    @Override
    public Groups fit(double[][] rows, int k, long seed) {
        double[][] share = new double[rows.length][k];
        int[] first = new KMeans().fit(rows, k, seed).of(rows);
        for (int i = 0; i < rows.length; i++) {
            share[i][first[i]] = 1;
        }
        Mixture mixture = maximised(rows, share, k);
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double likelihood = 0;
            for (int i = 0; i < rows.length; i++) {
                likelihood += mixture.shares(rows[i], share[i]) / rows.length;
            }
            mixture = maximised(rows, share, k);
            if (likelihood - before < ENOUGH) {
                break;
            }
            before = likelihood;
        }
        return mixture;
    }

    private static Mixture maximised(double[][] rows, double[][] share, int k) {
        int width = rows[0].length;
        double[] weight = new double[k];
        double[][] mean = new double[k][width];
        double[][] variance = new double[k][width];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < k; c++) {
                weight[c] += share[i][c];
                for (int j = 0; j < width; j++) {
                    mean[c][j] += share[i][c] * rows[i][j];
                }
            }
        }
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < width; j++) {
                mean[c][j] /= Math.max(weight[c], 1e-9);
            }
        }
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < width; j++) {
                    double d = rows[i][j] - mean[c][j];
                    variance[c][j] += share[i][c] * d * d;
                }
            }
        }
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < width; j++) {
                variance[c][j] = Math.max(LEAST_VARIANCE, variance[c][j] / Math.max(weight[c], 1e-9));
            }
            weight[c] /= rows.length;
        }
        return Mixture.of(weight, mean, variance);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Mixture(double[] weight, double[][] mean, double[][] variance, double[] constant) implements Groups {

        static Mixture of(double[] weight, double[][] mean, double[][] variance) {
            double[] constant = new double[weight.length];
            for (int c = 0; c < constant.length; c++) {
                constant[c] = Math.log(Math.max(weight[c], 1e-300));
                for (double v : variance[c]) {
                    constant[c] -= 0.5 * Math.log(2 * Math.PI * v);
                }
            }
            return new Mixture(weight, mean, variance, constant);
        }

        @Override
        public int count() {
            return weight.length;
        }

        @Override
        public int of(double[] row) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < weight.length; c++) {
                double log = logDensity(row, c);
                if (log > most) {
                    most = log;
                    best = c;
                }
            }
            return best;
        }

        /** Fills the probabilities of the groups and gives the logarithm of the density. */
        double shares(double[] row, double[] share) {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < weight.length; c++) {
                share[c] = logDensity(row, c);
                most = Math.max(most, share[c]);
            }
            double sum = 0;
            for (int c = 0; c < share.length; c++) {
                share[c] = Math.exp(share[c] - most);
                sum += share[c];
            }
            double total = sum;
            Arrays.setAll(share, c -> share[c] / total);
            return most + Math.log(total);
        }

        private double logDensity(double[] row, int c) {
            double log = constant[c];
            for (int j = 0; j < row.length; j++) {
                double d = row[j] - mean[c][j];
                log -= 0.5 * d * d / variance[c][j];
            }
            return log;
        }
    }
}
