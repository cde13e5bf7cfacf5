package io.millrace.models.forecast;

import java.util.Arrays;

/** The last point again and again: the best that can be done for a random walk. */
public record Naive() implements Forecaster {

    @Override
    public String name() {
        return "naive";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        Normalised.check(history, horizon);
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, history[history.length - 1]);
        return forecast;
    }
}
