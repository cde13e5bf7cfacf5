package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * Intermittent demand that may fade: the smoothed probability of a demand, moved by every point, times the smoothed size, moved
 * by every demand (Teunter, Syntetos and Babai, "Intermittent demand: linking forecasting to inventory obsolescence", 2011).
 * Where Croston's rate waits for the next demand, this one falls with each point that goes without. It starts from the mean
 * size and the share of points with a demand, so that a first demand does not count as one at every point.
 *
 * @param alpha smoothing parameter of sizes, above 0 up to 1
 * @param beta  smoothing parameter of the probability, above 0 up to 1
 */
public record Tsb(double alpha, double beta) implements Forecaster {

    public Tsb {
        if (!(alpha > 0 && alpha <= 1) || !(beta > 0 && beta <= 1)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + " and beta " + beta + ": both have to be above 0, up to 1.");
        }
    }

    /** The parameters that studies of spare parts use. */
    public static Tsb usual() {
        return new Tsb(0.1, 0.05);
    }

    @Override
    public String name() {
        return "tsb";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return Normalised.forecast(history, horizon, this::flat);
    }

    private double[] flat(double[] values, int horizon) {
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, rate(values));
        return forecast;
    }

    private double rate(double[] values) {
        int demands = 0;
        double sum = 0;
        for (double value : values) {
            demands += value == 0 ? 0 : 1;
            sum += value;
        }
        if (demands == 0) {
            return 0;
        }
        double size = sum / demands;
        double probability = (double) demands / values.length;
        for (double value : values) {
            boolean demand = value != 0;
            probability += beta * ((demand ? 1 : 0) - probability);
            size += demand ? alpha * (value - size) : 0;
        }
        return probability * size;
    }
}
