package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * The mean of the last points, which is what most ERPs plan with.
 *
 * @param name   how it is called
 * @param window how many points, 1 or more; of a shorter history all
 */
public record MovingAverage(String name, int window) implements Forecaster {

    public MovingAverage {
        if (window < 1) {
            throw new IllegalArgumentException("The window is " + window + " points: it has to be 1 or more.");
        }
    }

    /** Called {@code moving_average}. */
    public MovingAverage(int window) {
        this("moving_average", window);
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return Normalised.forecast(history, horizon, this::flat);
    }

    private double[] flat(double[] values, int horizon) {
        int from = Math.max(0, values.length - window);
        double sum = 0;
        for (int i = from; i < values.length; i++) {
            sum += values[i];
        }
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, sum / (values.length - from));
        return forecast;
    }
}
