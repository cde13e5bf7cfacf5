package io.millrace.registry;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a challenger has to show before it becomes champion: to be better than the baseline, and than the champion where
 * there is one, on the same validation data. Equal is not better, even where no margin is asked for.
 *
 * @param metric         name of the figure compared, as in {@code auc}
 * @param higherIsBetter whether a greater figure is the better one
 * @param overBaseline   least improvement over the baseline, in the metric's own units, at least 0
 * @param overChampion   least improvement over the champion, in the metric's own units, at least 0
 */
public record Gate(String metric, boolean higherIsBetter, double overBaseline, double overChampion) {

    /** A difference of floating-point figures may miss a margin by this and still meet it. */
    private static final double ROUNDING = 1e-12;

    public Gate {
        if (metric == null || metric.isBlank()) {
            throw new IllegalArgumentException("a gate needs the name of a metric, such as auc");
        }
        if (!(overBaseline >= 0) || !(overChampion >= 0)) {
            throw new IllegalArgumentException(
                    "the margins of a gate must be at least 0, and are %s over the baseline and".formatted(overBaseline)
                            + " %s over the champion. A metric that is better when lower has margins above 0 too"
                                    .formatted(overChampion));
        }
    }

    /**
     * Whether a challenger passed, and why in one sentence.
     *
     * @param isPassed true where it may become champion
     * @param reason   the figures and margins that decided
     */
    public record Verdict(boolean isPassed, String reason) {}

    /**
     * Judges a challenger.
     *
     * @param champion the champion's figure; empty where there is none yet, and then the baseline alone has to be beaten
     */
    public Verdict verdict(double challenger, double baseline, OptionalDouble champion) {
        String ours = "%s is %s".formatted(metric, figure(challenger));
        if (!beats(challenger, baseline, overBaseline)) {
            return new Verdict(false, ours + ", " + comparison(challenger, "baseline", baseline, overBaseline));
        }
        String passed = ours + ", " + comparison(challenger, "baseline", baseline, overBaseline);
        if (champion.isEmpty()) {
            return new Verdict(true, passed + ", and there is no champion yet");
        }
        String rival = comparison(challenger, "champion", champion.getAsDouble(), overChampion);
        boolean better = beats(challenger, champion.getAsDouble(), overChampion);
        return new Verdict(better, passed + (better ? ", and " : ", but ") + rival);
    }

    /** False for a figure that is no number, on either side. */
    private boolean beats(double challenger, double other, double margin) {
        double gain = gain(challenger, other);
        return gain > 0 && gain >= margin - ROUNDING;
    }

    private double gain(double challenger, double other) {
        return higherIsBetter ? challenger - other : other - challenger;
    }

    private String comparison(double challenger, String who, double other, double margin) {
        double gain = gain(challenger, other);
        String distance = Double.isNaN(gain)
                ? "not comparable with"
                : gain == 0
                        ? "equal to"
                        : "%s %s than".formatted(figure(Math.abs(gain)), gain > 0 ? "better" : "worse");
        return "%s the %s's %s where at least %s better is asked for"
                .formatted(distance, who, figure(other), figure(margin));
    }

    private static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "not a finite number";
    }
}
