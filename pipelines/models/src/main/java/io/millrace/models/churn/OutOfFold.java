package io.millrace.models.churn;

import io.millrace.models.metrics.ClassificationMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Scores of rows by models that have not seen their group. */
public final class OutOfFold {

    private final List<double[]> members;
    private final int[] labels;
    private final GroupedFolds folds;

    /** @param members log-odds out of fold: one array a member of the blend, one value a row */
    OutOfFold(List<double[]> members, int[] labels, GroupedFolds folds) {
        this.members = members;
        this.labels = labels;
        this.folds = folds;
    }

    /** Probabilities before calibration, one a row. */
    public double[] uncalibrated() {
        return blended((blend, margins) -> probabilities(margins));
    }

    /** Probabilities by a blend and a calibration that were fitted on the other folds, one a row. */
    public double[] calibrated() {
        return blended((blend, margins) -> blend.calibration().apply(margins));
    }

    private double[] blended(BiFunction<Blend, double[], double[]> probabilities) {
        double[] blended = new double[labels.length];
        for (int f = 0; f < folds.count(); f++) {
            int[] inside = folds.inside(f);
            int[] others = folds.outside(f);
            Blend blend = Blend.fit(at(others), at(labels, others));
            double[] of = probabilities.apply(blend, blend.margins(at(inside)));
            for (int i = 0; i < inside.length; i++) {
                blended[inside[i]] = of[i];
            }
        }
        return blended;
    }

    static double[] probabilities(double[] margins) {
        return Arrays.stream(margins).map(m -> 1 / (1 + Math.exp(-m))).toArray();
    }

    private List<double[]> at(int[] places) {
        return members.stream().map(member -> at(member, places)).toList();
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
