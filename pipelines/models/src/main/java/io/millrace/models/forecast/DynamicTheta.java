package io.millrace.models.forecast;

import io.millrace.models.search.NelderMead;
import java.util.Arrays;

/**
 * The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, "Models for optimising the theta method
 * and their relationship to state space models", 2016): line and curvature are estimated anew at each point, and first level, smoothing
 * parameter and theta are those of least squared one-step errors. The season is taken out where the 90 % test finds one.
 *
 * @param seasonality points in a season, 1 for none
 */
public record DynamicTheta(int seasonality) implements Forecaster {

    private static final double LEAST_ALPHA = 0.05;
    private static final double MOST_ALPHA = 0.99;
    private static final double MOST_THETA = 50;
    private static final double TOLERANCE = 1e-5;
    private static final int FEWEST_POINTS = 5;
    private static final int EVALUATIONS = 200;

    public DynamicTheta {
        Seasonality.check(seasonality);
    }

    @Override
    public String name() {
        return "dynamic_theta";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return fit(history).forecast(history, horizon);
    }

    @Override
    public Forecaster fit(double[] history) {
        Normalised.check(history, 1);
        double[] values = Normalised.scale(history, -Normalised.exponent(history));
        if (values.length < FEWEST_POINTS) {
            return new Theta(seasonality);
        }
        double[] adjusted = SeasonalAdjustment.where(values, seasonality).adjusted();
        double[] best = NelderMead.minimise(
                x -> new Path(parameters(x, adjusted)).follow(adjusted), new double[3], 0.7, TOLERANCE, EVALUATIONS);
        double[] found = parameters(best, adjusted);
        return new Fitted(seasonality, found[0] / adjusted[0], found[1], found[2]);
    }

    /** First level, alpha and theta at a point of the search, whose every coordinate may be any number and starts at 0. */
    private static double[] parameters(double[] x, double[] values) {
        double share = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, x[1]))));
        double unit = Math.max(Math.abs(values[0]), 1e-9);
        return new double[] {
            values[0] / 2 + unit * x[0],
            LEAST_ALPHA + (MOST_ALPHA - LEAST_ALPHA) * share,
            Math.min(MOST_THETA, 1 + Math.exp(Math.max(-30, Math.min(30, x[2]))))
        };
    }

    private record Fitted(int seasonality, double level, double alpha, double theta) implements Forecaster {

        @Override
        public String name() {
            return "dynamic_theta";
        }

        @Override
        public double[] forecast(double[] history, int horizon) {
            return Normalised.forecast(history, horizon, this::continued);
        }

        private double[] continued(double[] values, int horizon) {
            SeasonalAdjustment season = SeasonalAdjustment.where(values, seasonality);
            double[] adjusted = season.adjusted();
            Path path = new Path(new double[] {level * adjusted[0], alpha, theta});
            path.follow(adjusted);
            double[] forecast = new double[horizon];
            Arrays.setAll(forecast, step -> path.next());
            return season.restore(forecast);
        }
    }

    /** The recursions, point by point. */
    private static final class Path {
        private final double alpha;
        private final double weight;
        private double level;
        private double mean;
        private double intercept;
        private double slope;
        /** Points followed. */
        private int t;
        /** (1 − alpha) to the power of the points followed. */
        private double decay = 1;

        Path(double[] parameters) {
            level = parameters[0];
            alpha = parameters[1];
            weight = 1 - 1 / parameters[2];
        }

        /** The sum of squared one-step errors; the first two points, before there is a line, do not count. */
        double follow(double[] values) {
            double squares = 0;
            for (double value : values) {
                double error = value - expected();
                squares += t < 2 ? 0 : error * error;
                move(value);
            }
            return Double.isNaN(squares) ? Double.POSITIVE_INFINITY : squares;
        }

        double expected() {
            return level + weight * (decay * intercept + (1 - decay * (1 - alpha)) / alpha * slope);
        }

        void move(double value) {
            t++;
            slope = t < 2 ? 0 : ((t - 2) * slope + 6 * (value - mean) / t) / (t + 1);
            mean += (value - mean) / t;
            intercept = mean - slope * (t + 1) / 2;
            level += alpha * (value - level);
            decay *= 1 - alpha;
        }

        double next() {
            double next = expected();
            move(next);
            return next;
        }
    }
}
