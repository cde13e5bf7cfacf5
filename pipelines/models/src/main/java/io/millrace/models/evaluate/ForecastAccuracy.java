package io.millrace.models.evaluate;

import io.millrace.models.forecast.QuantileForecast;
import io.millrace.models.metrics.ForecastMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accuracy of one method over many series: sMAPE and MASE are means over series, as in the M4 competition, RMSSE as in the M5
 * competition; the others are taken over all points of all series at once, in the unit of the data.
 */
final class ForecastAccuracy {

    private final int seasonality;
    private int series;
    private long points;
    private double smape;
    private final MeanOfScaled mase = new MeanOfScaled();
    private final MeanOfScaled rmsse = new MeanOfScaled();
    private double size;
    private double sum;
    private double excess;
    private double error;
    private double squares;
    private double inside;
    private final double[] pinball = new double[3];

    ForecastAccuracy(int seasonality) {
        this.seasonality = seasonality;
    }

    /** Adds what came after {@code history} and what was forecast of it; steps beyond what came are not looked at. */
    void add(double[] history, double[] actual, QuantileForecast forecast) {
        int steps = actual.length;
        double[] mean = Arrays.copyOf(forecast.mean(), steps);
        double[] low = Arrays.copyOf(forecast.p10(), steps);
        double[] middle = Arrays.copyOf(forecast.p50(), steps);
        double[] high = Arrays.copyOf(forecast.p90(), steps);
        series++;
        points += steps;
        smape += ForecastMetrics.smape(actual, mean);
        mase.add(ForecastMetrics.mase(history, seasonality, actual, mean));
        rmsse.add(ForecastMetrics.rmsse(history, actual, mean));
        for (int i = 0; i < steps; i++) {
            size += Math.abs(actual[i]);
            sum += actual[i];
            excess += mean[i] - actual[i];
        }
        error += steps * ForecastMetrics.mae(actual, mean);
        squares += steps * Math.pow(ForecastMetrics.rmse(actual, mean), 2);
        inside += steps * ForecastMetrics.coverage(actual, low, high);
        pinball[0] += steps * ForecastMetrics.pinball(0.1, actual, low);
        pinball[1] += steps * ForecastMetrics.pinball(0.5, actual, middle);
        pinball[2] += steps * ForecastMetrics.pinball(0.9, actual, high);
    }

    /** A history that never moves has no scale; its series is left out of the mean. */
    private static final class MeanOfScaled {
        private double sum;
        private int count;

        void add(double value) {
            if (Double.isFinite(value)) {
                sum += value;
                count++;
            }
        }

        double mean() {
            return sum / count;
        }
    }

    /** The metrics by their public names; one that the data do not define is left out. */
    Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("series", (double) series);
        map.put("smape", smape / series);
        map.put("mase", mase.mean());
        map.put("rmsse", rmsse.mean());
        // Its place; what it is, depends on the benchmark.
        map.put("owa", 0.0);
        map.put("wape", error / size);
        map.put("rmse", Math.sqrt(squares / points));
        map.put("bias", excess / Math.abs(sum));
        map.put("pinball_10", pinball[0] / points);
        map.put("pinball_50", pinball[1] / points);
        map.put("pinball_90", pinball[2] / points);
        map.put("coverage_80", inside / points);
        map.values().removeIf(value -> !Double.isFinite(value));
        return map;
    }

    /** Completes a method's metrics by its OWA against those of the benchmark, where both are defined. */
    static void putOwa(Map<String, Double> metrics, Map<String, Double> benchmark) {
        if (metrics.containsKey("mase") && benchmark.getOrDefault("mase", 0.0) > 0 && benchmark.get("smape") > 0) {
            metrics.put(
                    "owa",
                    ForecastMetrics.owa(
                            metrics.get("smape"), metrics.get("mase"), benchmark.get("smape"), benchmark.get("mase")));
        } else {
            metrics.remove("owa");
        }
    }
}
