package io.millrace.models.evaluate;

import io.millrace.models.forecast.DemandClass;
import io.millrace.models.forecast.QuantileForecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The forecasters of the night measured on given series: the automatic choice, and beside it every member and the
 * benchmarks of the M4 competition. A series that cannot be judged is left out, counted and named.
 *
 * @param horizon     steps to forecast, 1 or more
 * @param seasonality points in a season, 1 for none; also the lag by which MASE is scaled
 * @param last        points of each history that are looked at, the last ones before the test, 1 or more
 * @param seed        of the draws of rows and columns of boosted trees
 */
public record ForecastEvaluation(int horizon, int seasonality, int last, long seed) {

    /** As {@code last}: the whole history. */
    public static final int ALL = Integer.MAX_VALUE;

    /** What is told of each class of demand. */
    private static final List<String> BY_CLASS =
            List.of("series", "rmse", "bias", "pinball_10", "pinball_50", "pinball_90", "coverage_80");

    public ForecastEvaluation {
        if (horizon < 1 || seasonality < 1 || last < 1) {
            throw new IllegalArgumentException("The horizon is " + horizon + ", the seasonality " + seasonality
                    + " and the last points of a history " + last + ": all have to be 1 or more.");
        }
    }

    /** Looks at whole histories. */
    public ForecastEvaluation(int horizon, int seasonality, long seed) {
        this(horizon, seasonality, ALL, seed);
    }

    /** Holds out the last {@code horizon} points of each series and forecasts them from the ones before. */
    public EvaluationResult holdOut(String data, LongSeries all) {
        Split split = new Split();
        all.series().forEach((name, values) -> {
            int cut = values.length - horizon;
            if (cut < 1) {
                split.leaveOut("with too few points to hold out " + horizon, name);
            } else {
                split.learn(name, Arrays.copyOf(values, cut));
                split.judge(name, Arrays.copyOfRange(values, cut, values.length));
            }
        });
        return measure(data, split, all.rows(), all.leftOut(), all.remarks());
    }

    /** Forecasts what {@code test} holds of each series of {@code train}, at most {@code horizon} steps. */
    public EvaluationResult evaluate(String data, LongSeries train, LongSeries test) {
        Split split = new Split();
        train.series().forEach((name, values) -> {
            if (values.length > 0) {
                split.learn(name, values);
            }
        });
        test.series().forEach((name, values) -> {
            if (!split.train.containsKey(name)) {
                split.leaveOut("of the test part without a history", name);
            } else if (values.length > 0) {
                split.judge(name, Arrays.copyOf(values, Math.min(horizon, values.length)));
            }
        });
        split.train.keySet().stream()
                .filter(name -> !split.test.containsKey(name))
                .forEach(name -> split.leaveOut("with nothing in the test part", name));
        List<String> remarks = new ArrayList<>(train.remarks());
        remarks.addAll(test.remarks());
        return measure(data, split, train.rows() + test.rows(), train.leftOut() + test.leftOut(), remarks);
    }

    /** What is learned from, what is judged, and what is neither. */
    private final class Split {
        private final Map<String, double[]> train = new LinkedHashMap<>();
        private final Map<String, double[]> test = new LinkedHashMap<>();
        private final Map<String, List<String>> leftOut = new LinkedHashMap<>();

        void learn(String name, double[] history) {
            train.put(name, Arrays.copyOfRange(history, Math.max(0, history.length - last), history.length));
        }

        void judge(String name, double[] actual) {
            test.put(name, actual);
        }

        void leaveOut(String why, String name) {
            leftOut.computeIfAbsent(why, first -> new ArrayList<>()).add(name);
        }

        long countLeftOut() {
            return leftOut.values().stream().mapToLong(List::size).sum();
        }

        List<String> remarks() {
            return leftOut.entrySet().stream()
                    .map(entry -> "%,d series %s are left out, the first of them %s"
                            .formatted(
                                    entry.getValue().size(),
                                    entry.getKey(),
                                    entry.getValue().get(0)))
                    .toList();
        }
    }

    private EvaluationResult measure(
            String data, Split split, long rows, long rowsLeftOut, List<String> remarksOnFiles) {
        List<String> remarks = new ArrayList<>(remarksOnFiles);
        remarks.addAll(split.remarks());
        if (split.test.isEmpty()) {
            throw new IllegalArgumentException("No series of " + data + " can be judged: " + String.join("; ", remarks)
                    + ". Maybe the horizon is too long, or the ids of two files differ.");
        }
        long start = System.nanoTime();
        PanelForecasts panel = new PanelForecasts(split.train, horizon, seasonality, seed);
        // The order of the list is that of the series whatever thread worked on which, so sums are always the same.
        List<Measured> measured = List.copyOf(split.test.keySet()).parallelStream()
                .map(name -> new Measured(split.train.get(name), split.test.get(name), panel.of(name)))
                .toList();
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (String method : measured.get(0).forecasts.keySet()) {
            all.put(method, accuracy(method, measured).asMap());
        }
        all.values().forEach(metrics -> ForecastAccuracy.putOwa(metrics, all.get(PanelForecasts.BENCHMARK)));
        all.get(PanelForecasts.JUDGED).put("series_left_out", (double) split.countLeftOut());
        all.get(PanelForecasts.JUDGED).put("rows_left_out", (double) rowsLeftOut);
        all.forEach((method, metrics) -> metrics.putAll(byClass(method, measured)));
        Map<String, Double> metrics = all.remove(PanelForecasts.JUDGED);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new EvaluationResult("forecast", data, metrics, all, rows, seconds, seed, remarks);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Measured(double[] history, double[] actual, Map<String, QuantileForecast> forecasts) {}

    private Map<String, Double> byClass(String method, List<Measured> measured) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (DemandClass demand : DemandClass.values()) {
            List<Measured> those = measured.stream()
                    .filter(one -> DemandClass.of(one.history) == demand)
                    .toList();
            if (!those.isEmpty()) {
                Map<String, Double> all = accuracy(method, those).asMap();
                String prefix = demand.name().toLowerCase(Locale.ROOT) + ".";
                BY_CLASS.stream().filter(all::containsKey).forEach(name -> metrics.put(prefix + name, all.get(name)));
            }
        }
        return metrics;
    }

    private ForecastAccuracy accuracy(String method, List<Measured> measured) {
        ForecastAccuracy accuracy = new ForecastAccuracy(seasonality);
        for (Measured one : measured) {
            accuracy.add(one.history, one.actual, one.forecasts.get(method));
        }
        return accuracy;
    }
}
