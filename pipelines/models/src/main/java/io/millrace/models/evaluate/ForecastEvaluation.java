package io.millrace.models.evaluate;

import io.millrace.models.forecast.AutomaticForecaster;
import io.millrace.models.forecast.DemandForecaster;
import io.millrace.models.forecast.Forecaster;
import io.millrace.models.forecast.Naive2;
import io.millrace.models.forecast.QuantileForecast;
import io.millrace.models.forecast.RollingOrigin;
import io.millrace.models.forecast.SeasonalNaive;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The forecasters of the night measured on given series: the automatic choice, and beside it every member and the
 * benchmarks of the M4 competition.
 *
 * @param horizon     steps to forecast, 1 or more
 * @param seasonality points in a season, 1 for none; also the lag by which MASE is scaled
 * @param seed        is recorded with the result; no forecaster here draws random numbers
 */
public record ForecastEvaluation(int horizon, int seasonality, long seed) {

    private static final String BENCHMARK = "naive2";

    public ForecastEvaluation {
        if (horizon < 1 || seasonality < 1) {
            throw new IllegalArgumentException("The horizon is " + horizon + " and the seasonality " + seasonality
                    + ": both have to be 1 or more.");
        }
    }

    /** Holds out the last {@code horizon} points of each series and forecasts them from the ones before. */
    public EvaluationResult holdOut(String data, LongSeries all) {
        Map<String, double[]> train = new LinkedHashMap<>();
        Map<String, double[]> test = new LinkedHashMap<>();
        all.series().forEach((name, values) -> {
            int cut = values.length - horizon;
            if (cut < 1) {
                throw new IllegalArgumentException("Series " + name + " of " + data + " has " + values.length
                        + " points: to hold out " + horizon + " it needs " + (horizon + 1)
                        + " or more. Use a shorter horizon, or leave the series out.");
            }
            train.put(name, Arrays.copyOf(values, cut));
            test.put(name, Arrays.copyOfRange(values, cut, values.length));
        });
        return measure(data, train, test, all.rows());
    }

    /** Forecasts what {@code test} holds of each series of {@code train}, at most {@code horizon} steps. */
    public EvaluationResult evaluate(String data, LongSeries train, LongSeries test) {
        Map<String, double[]> known = new LinkedHashMap<>();
        Map<String, double[]> cut = new LinkedHashMap<>();
        test.series().forEach((name, values) -> {
            double[] history = train.series().get(name);
            if (history == null) {
                throw new IllegalArgumentException(
                        "Series " + name + " of the test part is not in the training part of " + data
                                + ": every series to forecast needs a history.");
            }
            known.put(name, history);
            cut.put(name, Arrays.copyOf(values, Math.min(horizon, values.length)));
        });
        return measure(data, known, cut, train.rows() + test.rows());
    }

    private EvaluationResult measure(String data, Map<String, double[]> train, Map<String, double[]> test, long rows) {
        long start = System.nanoTime();
        DemandForecaster automatic =
                new DemandForecaster(AutomaticForecaster.of(seasonality), seasonality, "points", false);
        // The order of the list is that of the series whatever thread worked on which, so sums are always the same.
        List<Measured> measured = List.copyOf(test.keySet()).parallelStream()
                .map(name -> new Measured(train.get(name), test.get(name), forecasts(automatic, train.get(name))))
                .toList();
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (String method : measured.get(0).forecasts.keySet()) {
            all.put(method, accuracy(method, measured).asMap());
        }
        all.values().forEach(metrics -> ForecastAccuracy.putOwa(metrics, all.get(BENCHMARK)));
        Map<String, Double> metrics = all.remove(automatic.automatic().name());
        return new EvaluationResult("forecast", data, metrics, all, rows, (System.nanoTime() - start) / 1e9, seed);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Measured(double[] history, double[] actual, Map<String, QuantileForecast> forecasts) {}

    private Map<String, QuantileForecast> forecasts(DemandForecaster automatic, double[] history) {
        Map<String, QuantileForecast> forecasts = new LinkedHashMap<>(automatic.compare(history, horizon));
        for (Forecaster benchmark : benchmarks()) {
            if (!forecasts.containsKey(benchmark.name())) {
                forecasts.put(benchmark.name(), alone(benchmark, automatic).forecast(history, horizon));
            }
        }
        return forecasts;
    }

    private List<Forecaster> benchmarks() {
        return List.of(new Naive2(seasonality), new SeasonalNaive(seasonality));
    }

    private DemandForecaster alone(Forecaster method, DemandForecaster like) {
        RollingOrigin validation = like.automatic().validation();
        AutomaticForecaster only = new AutomaticForecaster(List.of(method), method, validation);
        return new DemandForecaster(only, seasonality, like.period(), like.nonNegative());
    }

    private ForecastAccuracy accuracy(String method, List<Measured> measured) {
        ForecastAccuracy accuracy = new ForecastAccuracy(seasonality);
        for (Measured one : measured) {
            accuracy.add(one.history, one.actual, one.forecasts.get(method));
        }
        return accuracy;
    }
}
