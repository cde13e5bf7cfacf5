package io.millrace.models.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A point so far above all others that it is taken for a slip of the decimal point or an order that will not come again: it would
 * decide the forecast alone.
 *
 * @param at    its place in the history
 * @param value what it is
 * @param as    what it counts as: the largest of the others
 */
record Spike(int at, double value, double as) {

    /** How many times as large as the largest of the others. */
    private static final double FACTOR = 20;
    /** Fewer other demands than this say nothing about what is usual. */
    private static final int FEWEST_OTHERS = 4;

    static Optional<Spike> in(double[] history) {
        int at = 0;
        for (int t = 1; t < history.length; t++) {
            at = history[t] > history[at] ? t : at;
        }
        double next = 0;
        int others = 0;
        for (int t = 0; t < history.length; t++) {
            if (t != at && history[t] > 0) {
                next = Math.max(next, history[t]);
                others++;
            }
        }
        return others >= FEWEST_OTHERS && history[at] / FACTOR > next
                ? Optional.of(new Spike(at, history[at], next))
                : Optional.empty();
    }

    /** What a reason says of it. */
    String remark() {
        return String.format(Locale.ROOT, "; point %d, %.6g, is out of line and counts as %.6g", at + 1, value, as);
    }

    double[] tamed(double[] history) {
        double[] tamed = Arrays.copyOf(history, history.length);
        tamed[at] = as;
        return tamed;
    }
}
