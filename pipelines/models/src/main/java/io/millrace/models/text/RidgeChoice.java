package io.millrace.models.text;

import io.millrace.models.metrics.StratifiedKFold;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A softmax regression whose penalty is the one of least log loss out of fold.
 *
 * @param model     fitted on every row
 * @param penalty   the one that was chosen
 * @param outOfFold logarithms of probabilities by models that have not seen the row's text, one array a row
 */
@SuppressWarnings("ArrayRecordComponent")
record RidgeChoice(SoftmaxRegression model, double penalty, double[][] outOfFold) {

    /**
     * Fits and chooses.
     *
     * @param penalties to choose from, the strongest first: each fit goes on from the one before
     * @param folds     rows of each fold, as places
     */
    static RidgeChoice of(
            FeatureRows rows, int[] labels, int classes, double[] penalties, List<StratifiedKFold.Split> folds) {
        double[][][] held = new double[penalties.length][rows.size()][];
        // Folds are independent, so that the order in which they end changes nothing.
        folds.parallelStream().forEach(fold -> {
            FeatureRows train = rows.select(fold.train());
            int[] known = at(labels, fold.train());
            FeatureRows test = rows.select(fold.test());
            SoftmaxRegression model = SoftmaxRegression.blank(classes, rows.width());
            for (int p = 0; p < penalties.length; p++) {
                model = model.fitted(train, known, penalties[p]);
                double[][] said = model.logProbabilities(test);
                for (int i = 0; i < said.length; i++) {
                    held[p][fold.test()[i]] = said[i];
                }
            }
        });
        double[] losses = Arrays.stream(held).mapToDouble(h -> loss(h, labels)).toArray();
        int best = IntStream.range(0, losses.length)
                .reduce((a, b) -> losses[b] < losses[a] ? b : a)
                .orElseThrow();
        SoftmaxRegression model = SoftmaxRegression.blank(classes, rows.width()).fitted(rows, labels, penalties[best]);
        return new RidgeChoice(model, penalties[best], held[best]);
    }

    /** Mean log loss, from logarithms of probabilities. */
    private static double loss(double[][] logProbabilities, int[] labels) {
        return -IntStream.range(0, labels.length)
                .mapToDouble(i -> logProbabilities[i][labels[i]])
                .average()
                .orElse(0);
    }

    private static int[] at(int[] values, int[] places) {
        return Arrays.stream(places).map(i -> values[i]).toArray();
    }
}
