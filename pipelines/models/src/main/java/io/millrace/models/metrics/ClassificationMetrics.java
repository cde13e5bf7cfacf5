package io.millrace.models.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is said of a two-class classifier's probabilities.
 *
 * @param accuracy         see {@link ConfusionMatrix#accuracy()}
 * @param precision        see {@link ConfusionMatrix#precision()}
 * @param recall           see {@link ConfusionMatrix#recall()}
 * @param f1               see {@link ConfusionMatrix#f1()}
 * @param auc              see {@link Ranking#auc}
 * @param averagePrecision see {@link Ranking#averagePrecision}
 * @param logLoss          see {@link ProbabilityScore#logLoss}
 * @param brier            see {@link ProbabilityScore#brier}
 */
public record ClassificationMetrics(
        double accuracy,
        double precision,
        double recall,
        double f1,
        double auc,
        double averagePrecision,
        double logLoss,
        double brier) {

    /** All metrics of {@code probabilities} of label 1; a row is called positive from {@code threshold} on. */
    public static ClassificationMetrics of(double[] probabilities, int[] labels, double threshold) {
        ConfusionMatrix matrix = ConfusionMatrix.at(threshold, probabilities, labels);
        return new ClassificationMetrics(
                matrix.accuracy(),
                matrix.precision(),
                matrix.recall(),
                matrix.f1(),
                Ranking.auc(probabilities, labels),
                Ranking.averagePrecision(probabilities, labels),
                ProbabilityScore.logLoss(probabilities, labels),
                ProbabilityScore.brier(probabilities, labels));
    }

    /** The metrics by their public names, in the order in which they are printed. */
    public Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("accuracy", accuracy);
        map.put("precision", precision);
        map.put("recall", recall);
        map.put("f1", f1);
        map.put("auc", auc);
        map.put("average_precision", averagePrecision);
        map.put("log_loss", logLoss);
        map.put("brier", brier);
        return map;
    }
}
