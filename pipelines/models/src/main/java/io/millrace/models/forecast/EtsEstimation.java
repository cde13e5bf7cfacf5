package io.millrace.models.forecast;

import io.millrace.models.forecast.EtsForm.Season;
import io.millrace.models.search.NelderMead;
import java.util.Arrays;

/**
 * The parameters under which a form makes a series most likely, by a Nelder-Mead search over smoothing parameters, first
 * level and first slope. The first season comes from a classical decomposition and is not searched.
 */
final class EtsEstimation {

    private static final double LEAST = 1e-4;
    private static final double LEAST_PHI = 0.8;
    private static final double MOST_PHI = 0.98;
    private static final double TOLERANCE = 1e-4;
    private static final int TREND_POINTS = 10;

    private final EtsForm form;
    private final EtsFilter filter;
    private final double[] season;
    private final double alpha;
    private double level;
    private double slope;
    private double unit;

    private EtsEstimation(EtsForm form, int seasonality, double[] values) {
        this.form = form;
        this.filter = new EtsFilter(form, seasonality, values);
        double[] adjusted = values;
        if (form.isSeasonal()) {
            SeasonalAdjustment adjustment =
                    SeasonalAdjustment.of(values, seasonality, form.season() == Season.MULTIPLICATIVE);
            adjusted = adjustment.adjusted();
            season = adjustment.indices();
        } else {
            season = new double[1];
        }
        alpha = Math.min(Math.max(SimpleExponentialSmoothing.alpha(adjusted), 0.02), 0.9);
        firstStates(adjusted, form.isSeasonal() ? Math.max(TREND_POINTS, 2 * seasonality) : TREND_POINTS);
    }

    /** What is found for {@code values}, which are of size near 1. */
    static EtsParameters of(EtsForm form, int seasonality, double[] values) {
        return new EtsEstimation(form, seasonality, values).search();
    }

    /** Level and slope before the first point, from a line through the first points. */
    private void firstStates(double[] adjusted, int points) {
        double[] first = Arrays.copyOf(adjusted, Math.min(points, adjusted.length));
        Line line = new Line(first);
        level = form.hasTrend() ? line.at(-1) : Arrays.stream(first).average().orElseThrow();
        slope = line.slope();
        for (int t = 0; t < first.length; t++) {
            unit += Math.abs(first[t] - line.at(t)) / first.length;
        }
    }

    private EtsParameters search() {
        int size = form.smoothingParameters() + (form.hasTrend() ? 2 : 1);
        double[] start = new double[size];
        int limit = 60 + 60 * size;
        double[] best = NelderMead.minimise(x -> filter.follow(at(x)), start, 0.7, TOLERANCE, limit);
        return at(best);
    }

    /** The parameters at a point of the search, whose every coordinate may be any number and starts at 0. */
    private EtsParameters at(double[] x) {
        int i = 0;
        double a = between(LEAST, 1 - LEAST, alpha, x[i++]);
        double b = form.hasTrend() ? a * between(LEAST, 1, 0.05, x[i++]) : 0;
        double g = form.isSeasonal() ? (1 - a) * between(LEAST, 1, 0.05, x[i++]) : 0;
        double p = form.isDamped() ? between(LEAST_PHI, MOST_PHI, 0.96, x[i++]) : 1;
        double l = level + unit * x[i++];
        double s = form.hasTrend() ? slope + 0.1 * unit * x[i] : 0;
        return new EtsParameters(a, b, g, p, l, s, season);
    }

    /** Maps every number into low to high, 0 to {@code start}. */
    private static double between(double low, double high, double start, double x) {
        double share = (start - low) / (high - low);
        double odds = share / (1 - share) * Math.exp(Math.max(-30, Math.min(30, x)));
        return low + (high - low) * odds / (1 + odds);
    }
}
