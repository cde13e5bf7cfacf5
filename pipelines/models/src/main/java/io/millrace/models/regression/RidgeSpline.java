package io.millrace.models.regression;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Ridge regression on lines that may bend, with the penalty of least generalised cross-validation (Golub, Heath and Wahba,
 * "Generalized cross-validation as a method for choosing a good ridge parameter", 1979). The largest penalty leaves the mean alone.
 *
 * @param mostRows rows that are learned from, evenly spread, at least 1: more change little, and time grows with each
 */
public record RidgeSpline(int mostRows) implements Regressor {

    /** Bends of a feature's line: many features leave each fewer, so that the number of terms stays bounded. */
    private static final int MOST_KNOTS = 4;

    private static final int MOST_TERMS = 150;

    private static final int PENALTIES = 15;

    public RidgeSpline {
        if (mostRows < 1) {
            throw new IllegalArgumentException("The most rows are " + mostRows + "; give at least 1");
        }
    }

    @Override
    public Fitted fit(double[][] rows, double[] targets) {
        int[] places = spread(rows.length);
        double[][] some = Arrays.stream(places).mapToObj(i -> rows[i]).toArray(double[][]::new);
        double mean =
                Arrays.stream(places).mapToDouble(i -> targets[i]).average().orElseThrow();
        int features = rows[0].length;
        LinearTerms lines = LinearTerms.fit(some, Math.min(MOST_KNOTS, MOST_TERMS / Math.max(1, features)));
        double[] coefficients = new Moments(lines, some, places, targets, mean).ridge();
        return asked -> Arrays.stream(asked)
                .mapToDouble(row -> mean + product(coefficients, lines.of(row)))
                .toArray();
    }

    private int[] spread(int size) {
        int count = Math.min(size, mostRows);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * size / count))
                .toArray();
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += a[t] * b[t];
        }
        return sum;
    }

    /** Second moments of the terms, and of the terms with the targets. */
    private static final class Moments {
        private final double[][] terms;
        private final double[] withTarget;
        private final int rows;
        private double variance;

        Moments(LinearTerms lines, double[][] some, int[] places, double[] targets, double mean) {
            int width = lines.width();
            terms = new double[width][width];
            withTarget = new double[width];
            rows = some.length;
            for (int i = 0; i < rows; i++) {
                add(lines.of(some[i]), targets[places[i]] - mean);
            }
            variance /= rows;
            for (int t = 0; t < width; t++) {
                withTarget[t] /= rows;
                for (int u = 0; u <= t; u++) {
                    terms[t][u] /= rows;
                    terms[u][t] = terms[t][u];
                }
            }
        }

        private void add(double[] x, double y) {
            variance += y * y;
            for (int t = 0; t < x.length; t++) {
                withTarget[t] += x[t] * y;
                double[] row = terms[t];
                double xt = x[t];
                for (int u = 0; u <= t; u++) {
                    row[u] += xt * x[u];
                }
            }
        }

        double[] ridge() {
            int width = withTarget.length;
            if (width == 0 || !(variance > 0)) {
                return new double[width];
            }
            EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(terms, false));
            RealMatrix vectors = eigen.getV();
            double[] values = Arrays.stream(eigen.getRealEigenvalues())
                    .map(d -> Math.max(d, 0))
                    .toArray();
            double[] along = vectors.preMultiply(withTarget);
            double penalty = penalty(values, along);
            double[] scaled = new double[width];
            for (int t = 0; t < width; t++) {
                scaled[t] = along[t] / (values[t] + penalty);
            }
            return vectors.operate(scaled);
        }

        /** From a ten-thousandth of a term's variance to a thousand times it. */
        private double penalty(double[] values, double[] along) {
            double best = Double.POSITIVE_INFINITY;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < PENALTIES; k++) {
                double penalty = Math.pow(10, 3 - k / 2.0);
                double score = generalised(values, along, penalty);
                if (score < least) {
                    least = score;
                    best = penalty;
                }
            }
            return best;
        }

        private double generalised(double[] values, double[] along, double penalty) {
            double residual = variance;
            double freedom = 1;
            for (int t = 0; t < values.length; t++) {
                double sum = values[t] + penalty;
                residual -= along[t] * along[t] * (values[t] + 2 * penalty) / (sum * sum);
                freedom += values[t] / sum;
            }
            double share = 1 - freedom / rows;
            return share > 0 ? Math.max(residual, 0) / (share * share) : Double.POSITIVE_INFINITY;
        }
    }
}
