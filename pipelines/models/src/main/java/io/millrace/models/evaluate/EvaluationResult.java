package io.millrace.models.evaluate;

import java.util.List;
import java.util.Map;

/**
 * What a model achieved on a data set, beside its baselines in the same run.
 *
 * @param task      such as {@code forecast}
 * @param data      name of the data set
 * @param metrics   of the model, by name; a figure that the data do not define is left out. A metric of a part of the data has the
 *     name of the part before it, with a dot: {@code lumpy.coverage_80}
 * @param baselines of each baseline by name
 * @param rows      data rows read
 * @param seconds   how long it took
 * @param seed      with which it can be repeated
 * @param remarks   what of the data was left out or mended, a sentence each
 * @param findings  what the figures say, a sentence each; part of the answer
 */
public record EvaluationResult(
        String task,
        String data,
        Map<String, Double> metrics,
        Map<String, Map<String, Double>> baselines,
        long rows,
        double seconds,
        long seed,
        List<String> remarks,
        List<String> findings) {

    /** A result whose figures speak for themselves. */
    public EvaluationResult(
            String task,
            String data,
            Map<String, Double> metrics,
            Map<String, Map<String, Double>> baselines,
            long rows,
            double seconds,
            long seed,
            List<String> remarks) {
        this(task, data, metrics, baselines, rows, seconds, seed, remarks, List.of());
    }

    /** A result without remarks. */
    public EvaluationResult(
            String task,
            String data,
            Map<String, Double> metrics,
            Map<String, Map<String, Double>> baselines,
            long rows,
            double seconds,
            long seed) {
        this(task, data, metrics, baselines, rows, seconds, seed, List.of());
    }
}
