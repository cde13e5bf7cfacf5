package io.millrace.models.text;

import io.millrace.models.search.Lbfgs;
import java.util.Arrays;

/**
 * Multinomial logistic regression with a ridge (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2009, 4.4).
 *
 * @param weights for each class those of the columns, and its intercept behind them
 * @param classes at least 2
 * @param width   columns
 */
@SuppressWarnings("ArrayRecordComponent")
record SoftmaxRegression(double[] weights, int classes, int width) {

    private static final double TOLERANCE = 1e-6;
    private static final int MOST_STEPS = 200;

    /** One that finds all classes equally likely. */
    static SoftmaxRegression blank(int classes, int width) {
        return new SoftmaxRegression(new double[classes * (width + 1)], classes, width);
    }

    /**
     * The one of least summed log loss plus half the penalty times the squared weights. Intercepts are free.
     *
     * @param labels numbers of classes, one a row
     */
    SoftmaxRegression fitted(FeatureRows rows, int[] labels, double penalty) {
        double[] best = Lbfgs.minimise(
                (point, gradient) -> objective(rows, labels, penalty, point, gradient), weights, TOLERANCE, MOST_STEPS);
        return new SoftmaxRegression(best, classes, width);
    }

    /** The penalised mean loss at a point, and its slope. */
    private double objective(FeatureRows rows, int[] labels, double penalty, double[] point, double[] gradient) {
        Arrays.fill(gradient, 0);
        double[] scores = new double[classes];
        double loss = 0;
        for (int i = 0; i < rows.size(); i++) {
            logProbabilities(rows, i, point, scores);
            loss -= scores[labels[i]];
            for (int c = 0; c < classes; c++) {
                double residual = Math.exp(scores[c]) - (c == labels[i] ? 1 : 0);
                rows.addTo(gradient, c * (width + 1), i, residual);
                gradient[c * (width + 1) + width] += residual;
            }
        }
        for (int k = 0; k < point.length; k++) {
            if (k % (width + 1) != width) {
                loss += penalty / 2 * point[k] * point[k];
                gradient[k] += penalty * point[k];
            }
            gradient[k] /= rows.size();
        }
        return loss / rows.size();
    }

    /** Fills {@code scores} with the logarithms of the classes' probabilities. */
    private void logProbabilities(FeatureRows rows, int row, double[] point, double[] scores) {
        for (int c = 0; c < classes; c++) {
            scores[c] = rows.dot(row, point, c * (width + 1)) + point[c * (width + 1) + width];
        }
        logSoftmax(scores);
    }

    /** Logarithms of probabilities, one array a row, one value a class. */
    double[][] logProbabilities(FeatureRows rows) {
        double[][] all = new double[rows.size()][classes];
        for (int i = 0; i < all.length; i++) {
            logProbabilities(rows, i, weights, all[i]);
        }
        return all;
    }

    /** Makes scores the logarithms of what they are in proportion to. */
    static void logSoftmax(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - most);
        }
        double norm = most + Math.log(sum);
        for (int c = 0; c < scores.length; c++) {
            scores[c] -= norm;
        }
    }
}
