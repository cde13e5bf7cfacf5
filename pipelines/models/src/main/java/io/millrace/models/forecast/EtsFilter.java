package io.millrace.models.forecast;

import io.millrace.models.forecast.EtsForm.Errors;
import io.millrace.models.forecast.EtsForm.Season;

/**
 * The states of a form after it followed a series in its error-correction recursion: base = level + phi × slope, mean =
 * base with the season, and each state moves by its share of the error. The states are the same for additive and
 * multiplicative errors; only the likelihood differs.
 */
final class EtsFilter {

    /** Mean squared errors below this, of a series of size 1, are rounding. */
    private static final double PERFECT = 1e-20;

    private final EtsForm form;
    private final double[] values;
    private final double[] season;
    private double level;
    private double slope;
    private double phi;

    EtsFilter(EtsForm form, int seasonality, double[] values) {
        this.form = form;
        this.values = values;
        this.season = new double[form.isSeasonal() ? seasonality : 1];
    }

    /**
     * Follows the whole series and returns −2 log-likelihood up to a constant that all forms share; infinite where a
     * form that divides reached a base or a season at or below 0.
     */
    double follow(EtsParameters p) {
        level = p.level();
        slope = form.hasTrend() ? p.slope() : 0;
        phi = form.hasTrend() ? p.phi() : 0;
        System.arraycopy(p.season(), 0, season, 0, season.length);
        double likelihood = switch (form.season()) {
            case NONE -> plain(p.alpha(), p.beta());
            case ADDITIVE -> additive(p.alpha(), p.beta(), p.gamma());
            case MULTIPLICATIVE -> multiplicative(p.alpha(), p.beta(), p.gamma());
        };
        return Double.isNaN(likelihood) ? Double.POSITIVE_INFINITY : likelihood;
    }

    private double plain(double alpha, double beta) {
        boolean relative = form.errors() == Errors.MULTIPLICATIVE;
        double squares = 0;
        double logs = 0;
        for (double value : values) {
            double mean = level + phi * slope;
            double error = value - mean;
            if (relative) {
                if (mean <= 0) {
                    return Double.POSITIVE_INFINITY;
                }
                squares += error * error / (mean * mean);
                logs += Math.log(mean);
            } else {
                squares += error * error;
            }
            level = mean + alpha * error;
            slope = phi * slope + beta * error;
        }
        return likelihood(squares, logs);
    }

    private double additive(double alpha, double beta, double gamma) {
        boolean relative = form.errors() == Errors.MULTIPLICATIVE;
        double squares = 0;
        double logs = 0;
        int place = 0;
        for (double value : values) {
            double base = level + phi * slope;
            double mean = base + season[place];
            double error = value - mean;
            if (relative && mean <= 0) {
                return Double.POSITIVE_INFINITY;
            }
            squares += relative ? error * error / (mean * mean) : error * error;
            logs += relative ? Math.log(mean) : 0;
            level = base + alpha * error;
            slope = phi * slope + beta * error;
            season[place] += gamma * error;
            place = place + 1 == season.length ? 0 : place + 1;
        }
        return likelihood(squares, logs);
    }

    private double multiplicative(double alpha, double beta, double gamma) {
        boolean relative = form.errors() == Errors.MULTIPLICATIVE;
        double squares = 0;
        double logs = 0;
        int place = 0;
        for (double value : values) {
            double base = level + phi * slope;
            double factor = season[place];
            if (base <= 0 || factor <= 0) {
                return Double.POSITIVE_INFINITY;
            }
            double mean = base * factor;
            double error = value - mean;
            squares += relative ? error * error / (mean * mean) : error * error;
            logs += relative ? Math.log(mean) : 0;
            level = base + alpha * error / factor;
            slope = phi * slope + beta * error / factor;
            season[place] = factor + gamma * error / base;
            place = place + 1 == season.length ? 0 : place + 1;
        }
        return likelihood(squares, logs);
    }

    private double likelihood(double squares, double logs) {
        int n = values.length;
        return n * Math.log(Math.max(squares / n, PERFECT)) + 2 * logs;
    }

    /** The means of the steps after the series; call {@link #follow} first. */
    double[] continued(int horizon) {
        double[] forecast = new double[horizon];
        double base = level;
        double step = slope;
        for (int i = 0; i < horizon; i++) {
            step *= phi;
            base += step;
            double index = season[(values.length + i) % season.length];
            forecast[i] = form.season() == Season.MULTIPLICATIVE ? base * index : base + index;
        }
        return forecast;
    }
}
