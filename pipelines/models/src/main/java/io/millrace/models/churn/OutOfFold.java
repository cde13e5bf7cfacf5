package io.millrace.models.churn;

import io.millrace.models.metrics.ClassificationMetrics;
import io.millrace.models.metrics.PlattCalibration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scores of rows by models that have not seen their group. */
public final class OutOfFold {

    private final double[] margins;
    private final int[] labels;
    private final GroupedFolds folds;

    OutOfFold(double[] margins, int[] labels, GroupedFolds folds) {
        this.margins = margins;
        this.labels = labels;
        this.folds = folds;
    }

    int[] labels() {
        return labels;
    }

    /** Probabilities before calibration, one a row. */
    public double[] uncalibrated() {
        return Arrays.stream(margins).map(m -> 1 / (1 + Math.exp(-m))).toArray();
    }

    /** Probabilities by a calibration that was fitted on the other folds, one a row. */
    public double[] calibrated() {
        double[] probabilities = new double[margins.length];
        for (int f = 0; f < folds.count(); f++) {
            int[] others = folds.outside(f);
            PlattCalibration calibration = PlattCalibration.fit(at(margins, others), at(labels, others));
            for (int i : folds.inside(f)) {
                probabilities[i] = calibration.apply(margins[i]);
            }
        }
        return probabilities;
    }

    /** Metrics of the calibrated probabilities by their public names, each the mean over the folds. */
    public Map<String, Double> metrics() {
        return meanOverFolds(calibrated());
    }

    /** The same of the probabilities before calibration. */
    public Map<String, Double> uncalibratedMetrics() {
        return meanOverFolds(uncalibrated());
    }

    private Map<String, Double> meanOverFolds(double[] probabilities) {
        Map<String, Double> mean = new LinkedHashMap<>();
        for (int f = 0; f < folds.count(); f++) {
            int[] inside = folds.inside(f);
            ClassificationMetrics.of(at(probabilities, inside), at(labels, inside), 0.5)
                    .asMap()
                    .forEach((name, value) -> mean.merge(name, value / folds.count(), Double::sum));
        }
        return mean;
    }

    private static double[] at(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    }

    private static int[] at(int[] values, int[] places) {
        return Arrays.stream(places).map(i -> values[i]).toArray();
    }
}
