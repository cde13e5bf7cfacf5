package io.millrace.nightly.model;

import io.millrace.models.metrics.PairedBootstrap;
import io.millrace.models.metrics.PairedBootstrap.Metric;
import io.millrace.registry.Gate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scores of a challenger and of its rivals for the same cases, which none of them has learned from.
 *
 * @param entities whom a case is about; cases of one entity are no independent evidence
 * @param actual   what came of it, 0 or 1
 * @param ours     the challenger's probability
 * @param baseline the probability by the rule that would be followed without a model
 * @param champion the probability by the champion's recipe, learned from what the challenger was learned from; empty if there is no
 *                 comparable champion
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evidence(String[] entities, int[] actual, double[] ours, double[] baseline, Optional<double[]> champion) {

    /** Of the bounds that a gate asks for, one-sided. */
    private static final double CONFIDENCE = 0.95;

    private static final int RESAMPLES = 1000;

    /**
     * What a gate looks at: each figure of ours and of the rivals, and the lower bounds of what is gained, by a paired bootstrap over
     * entities.
     *
     * @param seed of the resamples
     */
    public Map<String, Double> metrics(Gate gate, long seed) {
        PairedBootstrap bootstrap =
                new PairedBootstrap(actual, entities, new PairedBootstrap.Options(RESAMPLES, CONFIDENCE, seed));
        Map<String, Double> metrics = new TreeMap<>();
        gate.conditions().forEach(condition -> {
            Metric metric = Metric.valueOf(condition.metric().toUpperCase(Locale.ROOT));
            metrics.put(condition.metric(), metric.of(ours, actual));
            against(metrics, bootstrap, metric, Gate.BASELINE, baseline);
            champion.ifPresent(scores -> against(metrics, bootstrap, metric, Gate.CHAMPION, scores));
        });
        return metrics;
    }

    private void against(
            Map<String, Double> metrics, PairedBootstrap bootstrap, Metric metric, String rival, double[] scores) {
        metrics.put(Gate.figure(metric.label(), rival), metric.of(scores, actual));
        metrics.put(
                Gate.gain(metric.label(), rival),
                bootstrap.gain(metric, ours, scores).atLeast());
    }
}
