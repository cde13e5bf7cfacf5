package io.millrace.models.forecast;

/**
 * The Theta method as it ran in the M4 competition (Assimakopoulos and Nikolopoulos, "The theta model", 2000): the series
 * is seasonally adjusted where the 90 % test finds a season, split into its straight line (theta 0) and the line that
 * doubles its curvature (theta 2), the first is extended, the second is continued by simple exponential smoothing, the mean
 * of both gets its season back. A history without negative points is never continued below 0.
 *
 * @param seasonality points in a season, 1 for none
 */
public record Theta(int seasonality) implements Forecaster {

    public Theta {
        Seasonality.check(seasonality);
    }

    @Override
    public String name() {
        return "theta";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return fit(history).forecast(history, horizon);
    }

    @Override
    public Forecaster fit(double[] history) {
        Normalised.check(history, 1);
        double[] values = Normalised.scale(history, -Normalised.exponent(history));
        double[] adjusted = SeasonalAdjustment.where(values, seasonality).adjusted();
        return new Fitted(seasonality, SimpleExponentialSmoothing.alpha(doubled(adjusted, new Line(adjusted))));
    }

    private record Fitted(int seasonality, double alpha) implements Forecaster {

        @Override
        public String name() {
            return "theta";
        }

        @Override
        public double[] forecast(double[] history, int horizon) {
            return Normalised.forecast(history, horizon, this::combined);
        }

        private double[] combined(double[] values, int horizon) {
            SeasonalAdjustment season = SeasonalAdjustment.where(values, seasonality);
            Line line = new Line(season.adjusted());
            double level = SimpleExponentialSmoothing.level(doubled(season.adjusted(), line), alpha);
            boolean negative = hasNegative(values);
            double[] forecast = new double[horizon];
            for (int i = 0; i < horizon; i++) {
                double mean = (line.at(values.length + i) + level) / 2;
                forecast[i] = negative ? mean : Math.max(0, mean);
            }
            return season.restore(forecast);
        }
    }

    private static boolean hasNegative(double[] values) {
        for (double value : values) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    /** Theta line 2: the series with its distance from the line doubled. */
    private static double[] doubled(double[] values, Line line) {
        double[] doubled = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            doubled[t] = 2 * values[t] - line.at(t);
        }
        return doubled;
    }
}
