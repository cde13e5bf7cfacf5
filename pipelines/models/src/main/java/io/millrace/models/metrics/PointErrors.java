package io.millrace.models.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far forecasts of a figure of many entities are off. Absolute errors are least for medians, squared ones for means, so a forecaster that has
 * both says both (Gneiting, "Making and evaluating point forecasts", 2011).
 */
public final class PointErrors {

    private long count;
    private double absolute;
    private double absoluteOfMean;
    private double squared;
    private double meanForecast;
    private double meanActual;
    private double forecastSquares;
    private double actualSquares;
    private double products;

    /** An entity. @param median may be the mean of a forecaster that has no other */
    public void add(double mean, double median, double actual) {
        count++;
        absolute += Math.abs(median - actual);
        absoluteOfMean += Math.abs(mean - actual);
        squared += (mean - actual) * (mean - actual);
        double forecastStep = mean - meanForecast;
        double actualStep = actual - meanActual;
        meanForecast += forecastStep / count;
        meanActual += actualStep / count;
        forecastSquares += forecastStep * (mean - meanForecast);
        actualSquares += actualStep * (actual - meanActual);
        products += forecastStep * (actual - meanActual);
    }

    /**
     * The figures, each name with {@code prefix} before it: {@code mae} of the medians, {@code mae_of_mean}, {@code rmse}, {@code correlation} and
     * {@code bias} of the means; the bias is the sum of forecast minus actual over the sum of actual. What is not defined is left out.
     */
    public Map<String, Double> asMap(String prefix) {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put(prefix + "mae", absolute / count);
        all.put(prefix + "mae_of_mean", absoluteOfMean / count);
        all.put(prefix + "rmse", Math.sqrt(squared / count));
        // What is left of equal forecasts is rounding.
        boolean isSpread = forecastSquares > 1e-20 * count * meanForecast * meanForecast && actualSquares > 0;
        all.put(prefix + "correlation", isSpread ? products / Math.sqrt(forecastSquares * actualSquares) : Double.NaN);
        all.put(prefix + "bias", (meanForecast - meanActual) / meanActual);
        all.values().removeIf(value -> !Double.isFinite(value));
        return all;
    }
}
