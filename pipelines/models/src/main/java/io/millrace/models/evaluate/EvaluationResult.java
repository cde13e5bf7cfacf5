package io.millrace.models.evaluate;

import java.util.Map;

/**
 * What a model achieved on a data set, beside its baselines in the same run.
 *
 * @param task      such as {@code forecast}
 * @param data      name of the data set
 * @param metrics   of the model, by name; a figure that the data do not define is left out
 * @param baselines of each baseline by name
 * @param rows      data rows read
 * @param seconds   how long it took
 * @param seed      with which it can be repeated
 */
public record EvaluationResult(
        String task,
        String data,
        Map<String, Double> metrics,
        Map<String, Map<String, Double>> baselines,
        long rows,
        double seconds,
        long seed) {}
