package io.millrace.registry;

import java.util.List;
import java.util.Locale;

/**
 * What a challenger has to show before it becomes champion: every condition holds, each on one figure, by what it surely gains and not
 * by what it seems to gain. Figures are read from a version's metrics: {@code auc}, {@code baseline_auc} and {@code champion_auc}, and the
 * lower confidence bounds of the gains, {@link #gain gain_auc_over_baseline} and {@code gain_auc_over_champion}.
 *
 * @param conditions at least one, each on another metric
 */
public record Gate(List<Condition> conditions) {

    /** A difference of floating-point figures may miss a margin by this and still meet it. */
    private static final double ROUNDING = 1e-12;

    /** Who is beaten, as metrics name them. */
    public static final String BASELINE = "baseline";

    public static final String CHAMPION = "champion";

    public Gate {
        if (conditions.isEmpty()
                || conditions.stream().map(Condition::metric).distinct().count() < conditions.size()) {
            throw new IllegalArgumentException(
                    "a gate needs one condition or more, each on another metric, and has " + conditions);
        }
        conditions = List.copyOf(conditions);
    }

    /**
     * On one figure. The lower bound of the gain over the baseline is above 0 and at least as asked for: equal is not better. The one over
     * the champion is at least as asked for, where 0 means that the challenger is surely no worse, as the champion's own recipe on newer
     * data is.
     *
     * @param metric       name of the figure compared, as in {@code auc}
     * @param overBaseline least gain over the baseline, in the metric's own units, at least 0
     * @param overChampion least gain over the champion, in the metric's own units, at least 0
     */
    public record Condition(String metric, double overBaseline, double overChampion) {
        public Condition {
            if (metric == null || metric.isBlank()) {
                throw new IllegalArgumentException("a condition needs the name of a metric, such as auc");
            }
            if (!(overBaseline >= 0) || !(overChampion >= 0)) {
                throw new IllegalArgumentException(
                        "the margins of a gate must be at least 0, and are %s over the baseline and %s over the champion"
                                .formatted(overBaseline, overChampion));
            }
        }

        /** False for a bound that is no number. */
        private boolean holds(String rival, double atLeast) {
            return rival.equals(BASELINE)
                    ? atLeast > 0 && atLeast >= overBaseline - ROUNDING
                    : atLeast >= overChampion - ROUNDING;
        }

        private double margin(String rival) {
            return rival.equals(BASELINE) ? overBaseline : overChampion;
        }
    }

    /**
     * Whether a challenger passed, and why in one sentence.
     *
     * @param isPassed true if it may become champion
     * @param reason   the figures and margins that decided: of the first condition that does not hold, or of all
     */
    public record Verdict(boolean isPassed, String reason) {}

    /** Name of the metric that holds the lower confidence bound of what is gained over a rival; above 0 is better for every figure. */
    public static String gain(String metric, String rival) {
        return "gain_%s_over_%s".formatted(metric, rival);
    }

    /** Name of the metric that holds a rival's figure. */
    public static String figure(String metric, String rival) {
        return rival + "_" + metric;
    }

    /**
     * Judges a challenger.
     *
     * @param rivals whom it has to beat: {@link #BASELINE}, and {@link #CHAMPION} where there is a comparable one
     * @throws IllegalArgumentException where a figure that the gate needs was not measured
     */
    Verdict verdict(ModelVersion challenger, List<String> rivals) {
        StringBuilder passed = new StringBuilder();
        for (Condition condition : conditions) {
            passed.append(passed.isEmpty() ? "" : "; ")
                    .append(condition.metric())
                    .append(" is ")
                    .append(shown(challenger.metric(condition.metric())));
            for (String rival : rivals) {
                double atLeast = challenger.metric(gain(condition.metric(), rival));
                String compared = "the %s's is %s: at least %s better, %s asked for"
                        .formatted(
                                rival,
                                shown(challenger.metric(figure(condition.metric(), rival))),
                                shown(atLeast),
                                shown(condition.margin(rival)));
                if (!condition.holds(rival, atLeast)) {
                    return new Verdict(
                            false,
                            "%s is %s, but %s"
                                    .formatted(
                                            condition.metric(),
                                            shown(challenger.metric(condition.metric())),
                                            compared));
                }
                passed.append(", ").append(compared);
            }
        }
        return new Verdict(true, passed.toString());
    }

    private static String shown(double value) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%.4f", value)
                : value < 0 ? "nothing that shows" : "not a finite number";
    }
}
