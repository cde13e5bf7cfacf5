package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * What a thing that sells now and then is expected to sell, from what its company knows: the probability of a sale, which fades
 * with silence, times the size of a sale, which leans to the company's.
 *
 * @param rhythm of the company
 * @param sizes  of the company
 */
record PooledRate(SalesRhythm rhythm, DemandSizes sizes) implements Forecaster {

    @Override
    public String name() {
        return "pooled_rate";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        Normalised.check(history, horizon);
        SalesRhythm.Record record = SalesRhythm.Record.of(history);
        double[] forecast = new double[horizon];
        if (record == null) {
            return forecast;
        }
        double[] next = sizes.next(history);
        double size = Math.exp(next[0] + next[1] / 2);
        double[] probability = rhythm.expected(record, horizon);
        Arrays.setAll(forecast, step -> probability[step] * size);
        return forecast;
    }
}
