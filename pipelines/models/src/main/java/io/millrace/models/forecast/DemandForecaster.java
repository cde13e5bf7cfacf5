package io.millrace.models.forecast;

import io.millrace.models.forecast.AutomaticForecaster.Choice;
import io.millrace.models.metrics.ForecastMetrics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The automatic forecast of a series with its quantiles and its reason. A history without points below 0 is never continued
 * below 0.
 *
 * @param automatic   chooses among methods
 * @param seasonality points in a season, 1 for none
 * @param period      what one point is, in the plural, for the reason: {@code weeks}
 * @param nonNegative whether also a history with points below 0, such as returns, is continued at 0 or above
 */
public record DemandForecaster(AutomaticForecaster automatic, int seasonality, String period, boolean nonNegative) {

    /** Members of a combination that the reason names. */
    private static final int NAMED = 3;

    public DemandForecaster {
        Seasonality.check(seasonality);
    }

    /** With the usual methods, for demand: never below 0. */
    public static DemandForecaster of(int seasonality, String period) {
        return new DemandForecaster(AutomaticForecaster.of(seasonality), seasonality, period, true);
    }

    /** The forecast of the {@code horizon} steps after {@code history}, which has one finite point or more. */
    public QuantileForecast forecast(double[] history, int horizon) {
        Normalised.check(history, horizon);
        int exponent = Normalised.exponent(history);
        Choice choice = automatic.choose(Normalised.scale(history, -exponent), horizon);
        return quantiles(choice.chosen(), reason(choice), exponent);
    }

    /** The automatic forecast, by the name {@code automatic}, and after it that of every method by itself. */
    public Map<String, QuantileForecast> compare(double[] history, int horizon) {
        Normalised.check(history, horizon);
        int exponent = Normalised.exponent(history);
        Choice choice = automatic.choose(Normalised.scale(history, -exponent), horizon);
        Map<String, QuantileForecast> all = new LinkedHashMap<>();
        all.put(automatic.name(), quantiles(choice.chosen(), reason(choice), exponent));
        for (Backtest member : choice.backtests()) {
            all.put(member.name(), quantiles(member, member.name() + ", as asked", exponent));
        }
        return all;
    }

    private QuantileForecast quantiles(Backtest backtest, String reason, int exponent) {
        double[][] points = ResidualQuantiles.of(backtest);
        boolean floored = nonNegative || !hasNegative(backtest.history());
        return new QuantileForecast(
                restored(backtest.forecast(), exponent, floored),
                restored(points[0], exponent, floored),
                restored(points[1], exponent, floored),
                restored(points[2], exponent, floored),
                backtest.name(),
                reason);
    }

    private static double[] restored(double[] values, int exponent, boolean floored) {
        double[] restored = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = Math.scalb(floored ? Math.max(0, values[i]) : values[i], exponent);
            restored[i] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
        }
        return restored;
    }

    private static boolean hasNegative(double[] values) {
        for (double value : values) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    private String reason(Choice choice) {
        Backtest chosen = choice.chosen();
        int points = chosen.history().length;
        if (chosen.cuts().length == 0) {
            return "%s, because %d %s of history are too few to compare methods"
                    .formatted(chosen.name(), points, period);
        }
        Backtest best = choice.backtests().stream()
                .min(Comparator.comparingDouble(Backtest::error))
                .orElseThrow();
        String choosing = choice.weights().size() == 1
                ? "%s, lowest rolling-origin %s".formatted(best.name(), error(best))
                : "%s, rolling-origin %s; best single method %s with %s,"
                        .formatted(shares(choice.weights()), error(chosen), best.name(), error(best));
        return "%s of %d members over %d origins, %d %s of history"
                .formatted(choosing, choice.backtests().size(), chosen.cuts().length, points, period);
    }

    /** The error in MASE; where the history never moves, in its own unit. */
    private String error(Backtest backtest) {
        double scale = ForecastMetrics.naiveScale(backtest.history(), seasonality);
        return scale == 0
                ? String.format(Locale.ROOT, "MAE %.3g", backtest.error())
                : String.format(Locale.ROOT, "MASE %.2f", backtest.error() / scale);
    }

    private static String shares(Map<String, Double> weights) {
        List<Map.Entry<String, Double>> falling = weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .toList();
        String named = falling.stream()
                .limit(NAMED)
                .map(entry -> "%s %d %%".formatted(entry.getKey(), Math.round(100 * entry.getValue())))
                .collect(Collectors.joining(" + "));
        int others = falling.size() - NAMED;
        return others > 0 ? named + " + " + others + " more" : named;
    }
}
