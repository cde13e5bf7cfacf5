package io.millrace.nightly.segment;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.segment.Segmentation;
import io.millrace.nightly.evaluate.CsvTable;
import io.millrace.nightly.evaluate.NumericTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What groups the night's way of finding them gives on a table of numbers.
 *
 * @param data table
 * @param id   column that only names a row, or null
 * @param kMax most groups that are tried
 * @param seed of everything that is drawn
 */
public record SegmentationEvaluation(Path data, String id, int kMax, long seed) {

    public SegmentationEvaluation {
        if (kMax < 2) {
            throw Failure.usage("--k-max is " + kMax + "; give 2 or more");
        }
    }

    /**
     * Runs it.
     *
     * @return number of groups, mean silhouette, Davies–Bouldin index and stability of the way that is chosen, and as baselines of each way with the
     *     number of groups that suits it
     * @throws Failure of kind USAGE or DATA if the table does not allow it
     */
    public EvaluationResult run() {
        long start = System.nanoTime();
        CsvTable table = CsvTable.read(data);
        if (id != null) {
            table.place(data, "--id", id);
        }
        NumericTable numbers = NumericTable.of(data, table, id == null ? Set.of() : Set.of(id));
        Segmentation segmentation = Segmentation.of(numbers.rows(), kMax, seed);
        Map<String, Map<String, Double>> ways = new LinkedHashMap<>();
        segmentation.ways().forEach(way -> ways.put(way.name(), figures(way)));
        List<String> remarks = new ArrayList<>(numbers.remarks());
        remarks.add(
                segmentation.chosen().isUsable()
                        ? "chosen: " + segmentation.chosen().name()
                        : "no way finds groups that are found again in resamples, none too small and none nearly everybody: kmeans is shown");
        double seconds = (System.nanoTime() - start) / 1e9;
        return new EvaluationResult(
                "segmentation",
                data.toString(),
                figures(segmentation.chosen()),
                ways,
                numbers.rows().length,
                seconds,
                seed,
                remarks);
    }

    private static Map<String, Double> figures(Segmentation.Figures figures) {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("k", (double) figures.k());
        all.put("silhouette", figures.silhouette());
        all.put("davies_bouldin", figures.daviesBouldin());
        all.put("stability", figures.stability());
        // A grouping into one has no silhouette.
        all.values().removeIf(value -> !Double.isFinite(value));
        return all;
    }
}
