package io.millrace.models.forecast;

import io.millrace.models.forecast.AutomaticForecaster.Choice;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sentence that says why a series is forecast as it is.
 *
 * @param period what one point is, in the plural: {@code weeks}
 */
record ForecastReason(String period) {

    /** Methods of a combination that are named. */
    private static final int NAMED = 3;

    /**
     * @param size     expected of one sale, in the unit in which the series was tested
     * @param exponent of the factor two by which that unit is larger than the series' own
     */
    String of(Choice choice, double size, int exponent) {
        Backtest chosen = choice.chosen();
        if (choice.backtests().size() == 1) {
            return pooled(chosen, size, exponent);
        }
        int points = chosen.history().length;
        if (chosen.cuts().length == 0) {
            return "%s, because %d %s of history are too few to compare methods"
                    .formatted(shares(choice.shares()), points, period);
        }
        Backtest best = choice.backtests().stream()
                .min(Comparator.comparingDouble(Backtest::error))
                .orElseThrow();
        return "%s%s: rolling-origin %s, best single method %s with %s, of %d candidates for %s demand over %d origins, %d %s of history"
                .formatted(
                        shares(choice.shares()),
                        choice.stands() ? " as before" : "",
                        error(chosen),
                        best.name(),
                        error(best),
                        choice.backtests().size(),
                        choice.kind().name().toLowerCase(Locale.ROOT),
                        chosen.cuts().length,
                        points,
                        period);
    }

    /** Three sales or fewer. */
    private String pooled(Backtest chosen, double size, int exponent) {
        int sales = 0;
        int last = -1;
        double[] history = chosen.history();
        for (int t = 0; t < history.length; t++) {
            sales += history[t] != 0 ? 1 : 0;
            last = history[t] != 0 ? t : last;
        }
        if (sales == 0) {
            return "no sale in %d %s".formatted(history.length, period);
        }
        return String.format(
                Locale.ROOT,
                "%s: sold in %d of %d %s, last %d %s ago; what sells so is expected to sell in %.1f %% of the next %s, %.3g at a time",
                chosen.name(),
                sales,
                history.length,
                period,
                history.length - 1 - last,
                period,
                100 * mean(chosen.forecast()) / size,
                period,
                Math.scalb(size, exponent));
    }

    private static double mean(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        return mean;
    }

    /** The root mean squared error in units of the history's one-step changes. */
    private static String error(Backtest backtest) {
        return String.format(Locale.ROOT, "RMSSE %.2f", backtest.error() / ErrorProducts.scale(backtest.history()));
    }

    private static String shares(Map<String, Double> shares) {
        List<Map.Entry<String, Double>> falling = shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .toList();
        String named = falling.stream()
                .limit(NAMED)
                .map(entry -> falling.size() == 1
                        ? entry.getKey()
                        : "%s %d %%".formatted(entry.getKey(), Math.round(100 * entry.getValue())))
                .collect(Collectors.joining(" + "));
        int others = falling.size() - NAMED;
        return others > 0 ? named + " + " + others + " more" : named;
    }
}
