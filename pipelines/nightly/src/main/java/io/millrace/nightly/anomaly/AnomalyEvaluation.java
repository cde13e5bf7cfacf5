package io.millrace.nightly.anomaly;

import io.millrace.contracts.Failure;
import io.millrace.models.anomaly.AnomalyDetector;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.metrics.Ranking;
import io.millrace.nightly.evaluate.CsvTable;
import io.millrace.nightly.evaluate.NumericTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How well the night's detector ranks the anomalies of a table, of which the labels tell afterwards and which it never sees.
 *
 * @param data  table whose rows are ranked
 * @param label column that is 1 for an anomaly and 0 for any other row
 * @param train table to learn from, or null to learn from the ranked rows themselves
 * @param seed  of everything that is drawn
 */
public record AnomalyEvaluation(Path data, String label, Path train, long seed) {

    /**
     * Runs it.
     *
     * @return area under the ROC curve, average precision, and precision at the true rate of anomalies; as baselines an isolation forest, and
     *     the distance to the mean in standard deviations
     * @throws Failure of kind USAGE or DATA if the table does not allow it
     */
    public EvaluationResult run() {
        long start = System.nanoTime();
        CsvTable table = CsvTable.read(data);
        int[] labels = labels(table);
        NumericTable ranked = NumericTable.of(data, table, Set.of(label));
        double[][] learned = train == null
                ? ranked.rows()
                : NumericTable.of(train, CsvTable.read(train), Set.of(label)).rows(train, ranked.columns());
        if (learned.length < 2) {
            throw Failure.data((train == null ? data : train) + " has one row; nothing can be unlike the others");
        }
        AnomalyDetector detector =
                train == null ? AnomalyDetector.among(learned, seed) : AnomalyDetector.ofNew(learned, seed);
        Map<String, Double> metrics = metrics(detector.scores(ranked.rows()), labels);
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        baselines.put(
                "isolation_forest",
                metrics(AnomalyDetector.isolationForest(learned, seed).scores(ranked.rows()), labels));
        baselines.put(
                "distance_to_mean",
                metrics(AnomalyDetector.distanceToMean(learned).scores(ranked.rows()), labels));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new EvaluationResult(
                "anomaly", data.toString(), metrics, baselines, labels.length, seconds, seed, ranked.remarks());
    }

    private int[] labels(CsvTable table) {
        int at = table.place(data, "--label", label);
        int[] labels = new int[table.rows().size()];
        for (int i = 0; i < labels.length; i++) {
            String text = table.rows().get(i)[at].strip();
            if (!text.matches("[01](\\.0*)?")) {
                throw Failure.data("%s: the label '%s' is '%s' in record %d; 1 is an anomaly, 0 is none"
                        .formatted(data, label, text, i + 1));
            }
            labels[i] = text.charAt(0) - '0';
        }
        int anomalies = Arrays.stream(labels).sum();
        if (anomalies == 0 || anomalies == labels.length) {
            throw Failure.data("%s: %s %s = 1, so there is nothing to tell apart"
                    .formatted(data, anomalies == 0 ? "no row has" : "every row has", label));
        }
        return labels;
    }

    private static Map<String, Double> metrics(double[] scores, int[] labels) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("auc", Ranking.auc(scores, labels));
        metrics.put("average_precision", Ranking.averagePrecision(scores, labels));
        metrics.put("precision_at_rate", precisionAtRate(scores, labels));
        return metrics;
    }

    /** Share of anomalies among as many of the strangest rows as there are anomalies. */
    private static double precisionAtRate(double[] scores, int[] labels) {
        List<Integer> order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .toList();
        int anomalies = Arrays.stream(labels).sum();
        return order.stream()
                .limit(anomalies)
                .mapToInt(i -> labels[i])
                .average()
                .orElseThrow();
    }
}
