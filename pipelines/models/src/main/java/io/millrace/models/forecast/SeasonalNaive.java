package io.millrace.models.forecast;

/**
 * The point one season ago; the last point where the history is shorter than a season.
 *
 * @param seasonality points in a season, 1 or more
 */
public record SeasonalNaive(int seasonality) implements Forecaster {

    public SeasonalNaive {
        Seasonality.check(seasonality);
    }

    @Override
    public String name() {
        return "seasonal_naive";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        Normalised.check(history, horizon);
        int lag = history.length >= seasonality ? seasonality : 1;
        double[] forecast = new double[horizon];
        for (int i = 0; i < horizon; i++) {
            forecast[i] = history[history.length - lag + i % lag];
        }
        return forecast;
    }
}
