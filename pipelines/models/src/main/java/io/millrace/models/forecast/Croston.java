package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * Intermittent demand as a rate: the smoothed size of the demands over the smoothed time between them (Croston,
 * "Forecasting and stock control for intermittent demands", 1972). Both start from the first demand. Without any demand
 * the rate is 0.
 *
 * @param name       how it is called
 * @param alpha      smoothing parameter of sizes and intervals, above 0 up to 1
 * @param correction what the rate is multiplied by
 */
public record Croston(String name, double alpha, double correction) implements Forecaster {

    /** The smoothing parameter that the literature uses throughout. */
    public static final double USUAL_ALPHA = 0.1;

    public Croston {
        if (!(alpha > 0 && alpha <= 1) || !(correction > 0 && correction <= 1)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + " and the correction " + correction + ": both have to be above 0, up to 1.");
        }
    }

    /** The method of 1972. */
    public static Croston classic() {
        return new Croston("croston", USUAL_ALPHA, 1);
    }

    /**
     * The Syntetos-Boylan approximation, which takes out most of the bias of the classic ("The accuracy of intermittent
     * demand estimates", 2005).
     */
    public static Croston sba() {
        return new Croston("sba", USUAL_ALPHA, 1 - USUAL_ALPHA / 2);
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return Normalised.forecast(history, horizon, this::flat);
    }

    private double[] flat(double[] values, int horizon) {
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, correction * rate(values));
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
        double interval = (double) values.length / demands;
        int last = -1;
        for (int t = 0; t < values.length; t++) {
            if (values[t] != 0) {
                size += alpha * (values[t] - size);
                interval += last < 0 ? 0 : alpha * (t - last - interval);
                last = t;
            }
        }
        return size / interval;
    }
}
