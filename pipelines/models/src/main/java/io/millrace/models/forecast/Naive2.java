package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * The last point of the seasonally adjusted series with the season put back: the benchmark of the M4 competition, against
 * which its OWA is measured. Where the 90 % test finds no season it is the naive forecast.
 *
 * @param seasonality points in a season, 1 for none
 */
public record Naive2(int seasonality) implements Forecaster {

    public Naive2 {
        Seasonality.check(seasonality);
    }

    @Override
    public String name() {
        return "naive2";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return Normalised.forecast(history, horizon, this::adjustedNaive);
    }

    private double[] adjustedNaive(double[] values, int horizon) {
        SeasonalAdjustment season = SeasonalAdjustment.where(values, seasonality);
        double[] forecast = new double[horizon];
        Arrays.fill(forecast, season.adjusted()[values.length - 1]);
        return season.restore(forecast);
    }
}
