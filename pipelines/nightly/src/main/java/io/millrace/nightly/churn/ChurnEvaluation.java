package io.millrace.nightly.churn;

import io.millrace.contracts.Failure;
import io.millrace.models.churn.ChurnFit;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.ModelKind;
import io.millrace.models.churn.TrainingSet;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.metrics.ClassificationMetrics;
import io.millrace.models.metrics.StratifiedKFold;
import io.millrace.nightly.evaluate.ColumnRole;
import io.millrace.nightly.evaluate.TableEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures the night's churn models on a table of the user's own, by cross-validation. In each fold the learners are
 * tuned, blended and calibrated on the other folds alone, as the night does it.
 *
 * @param data     file of comma-separated values with a header; {@code .gz} is unpacked
 * @param label    column that says what became of a row
 * @param positive value of that column that counts as churned
 * @param id       identifier column, which is left out, or null
 * @param folds    stratified folds, at least 2
 * @param seed     of folds and models
 */
public record ChurnEvaluation(Path data, String label, String positive, String id, int folds, long seed) {

    /** Folds inside each fold, for tuning, choice and calibration. */
    private static final int INNER_FOLDS = 5;

    /** A probability from here on counts as "will leave" in accuracy, precision, recall and F1. */
    private static final double THRESHOLD = 0.5;

    private static final String BLEND = ModelKind.BLEND.label();

    private static final String MAJORITY = "majority";

    public ChurnEvaluation {
        if (folds < 2) {
            throw Failure.usage("--folds is " + folds + "; give at least 2, so that there are rows to measure on");
        }
    }

    /**
     * Runs it, on as many threads as there are processors.
     *
     * @param remarks takes a sentence about each column that is left out
     * @return mean over the folds of the blend; as baselines the logistic regression, the boosted trees, and the share of leavers for everybody
     * @throws Failure of kind USAGE or DATA where the table does not allow it
     */
    public EvaluationResult run(Consumer<String> remarks) {
        long start = System.nanoTime();
        LabelledTable table = LabelledTable.read(data, label, positive, id);
        requireRows(table.labels());
        List<ColumnRole> roles = roles(table, remarks);
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        for (StratifiedKFold.Split split : new StratifiedKFold(folds, seed).split(table.labels())) {
            fold(table, roles, split).forEach((model, metrics) -> {
                Map<String, Double> mean = means.computeIfAbsent(model, m -> new LinkedHashMap<>());
                metrics.forEach((name, value) -> mean.merge(name, value / folds, Double::sum));
            });
        }
        Map<String, Double> chosen = means.remove(BLEND);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new EvaluationResult(
                "churn", data.toString(), chosen, means, table.rows().size(), seconds, seed);
    }

    private void requireRows(int[] labels) {
        int positives = Arrays.stream(labels).sum();
        int scarcest = Math.min(positives, labels.length - positives);
        int needed = Math.max(folds, 20);
        if (scarcest < needed) {
            throw Failure.data(
                    "%s has %d rows with %s = '%s' and %d others; at least %d of each are needed for %d folds"
                            .formatted(data, positives, label, positive, labels.length - positives, needed, folds));
        }
    }

    private List<ColumnRole> roles(LabelledTable table, Consumer<String> remarks) {
        List<ColumnRole> roles = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            int column = c;
            List<String> values = table.rows().stream().map(r -> r[column]).toList();
            roles.add(ColumnRole.of(values));
            TableEncoder.leftOut(table.columns().get(c), roles.get(c), values).ifPresent(remarks);
        }
        TableEncoder encoder = new TableEncoder(table.columns(), roles, table.rows());
        if (encoder.features().isEmpty()) {
            throw Failure.data(data + " has no column to learn from beside '" + label + "'");
        }
        TrainingSet.independent(encoder.features(), encoder.encode(table.rows()), table.labels())
                .separating()
                .ifPresent(feature -> {
                    throw Failure.data(
                            "In %s '%s' alone tells every row with %s = '%s' from all others, so there is nothing to learn. Leave the column out if it is known only afterwards"
                                    .formatted(data, feature, label, positive));
                });
        return roles;
    }

    /** Metrics of each model on the rows of one fold. */
    private Map<String, Map<String, Double>> fold(
            LabelledTable table, List<ColumnRole> roles, StratifiedKFold.Split split) {
        List<String[]> train =
                Arrays.stream(split.train()).mapToObj(table.rows()::get).toList();
        TableEncoder encoder = new TableEncoder(table.columns(), roles, train);
        TrainingSet set =
                TrainingSet.independent(encoder.features(), encoder.encode(train), at(table.labels(), split.train()));
        int threads = Runtime.getRuntime().availableProcessors();
        ChurnFit fit = new ChurnTrainer(new ChurnTrainer.Options(INNER_FOLDS, seed, threads), new InProcess()).fit(set);

        double[][] rows = encoder.encode(
                Arrays.stream(split.test()).mapToObj(table.rows()::get).toList());
        int[] labels = at(table.labels(), split.test());
        Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
        fit.models().forEach((kind, model) -> metrics.put(kind.label(), metrics(model.probabilities(rows), labels)));
        double[] shares = new double[labels.length];
        Arrays.fill(shares, set.positives() / (double) set.size());
        metrics.put(MAJORITY, metrics(shares, labels));
        return metrics;
    }

    private static Map<String, Double> metrics(double[] probabilities, int[] labels) {
        return ClassificationMetrics.of(probabilities, labels, THRESHOLD).asMap();
    }

    private static int[] at(int[] values, int[] places) {
        return Arrays.stream(places).map(i -> values[i]).toArray();
    }
}
