package io.millrace.models.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * What is known at an origin of the steps after it, without a unit: distances from the level or from the combined forecast, in units of the
 * series' own one-step changes. NaN where the history does not reach far enough.
 */
final class StepFeatures {

    /** Methods whose own forecasts are looked at; one that is no candidate of a series is missing there. */
    private static final List<String> METHODS = List.of(
            "moving_average",
            "moving_average_8",
            "ses",
            "theta",
            "sba",
            "tsb",
            "pooled_rate",
            "naive",
            "damped",
            "ets",
            "dynamic_theta",
            "seasonal_naive",
            "seasonal_means",
            "long_season_ses",
            "long_season_theta",
            "long_season_damped");

    private static final int[] MEANS = {4, 8, 13, 26, 52};
    private static final int[] SPREADS = {8, 26};
    private static final int LAGS = 6;
    private static final int SEASONS = 3;
    /** Errors that are seen count beside so many of 0. */
    private static final int NO_BIAS = 2;

    private static final int OF_ORIGIN = 8 + LAGS + MEANS.length + SPREADS.length + 1;
    private static final int OF_STEP = 4 + SEASONS + 2;

    /** Figures of one step. */
    static final int COLUMNS = OF_ORIGIN + OF_STEP + METHODS.size();

    private final double[] known;
    private final int season;
    private final double scale;
    private final double level;

    private StepFeatures(double[] known, int season) {
        this.known = known;
        this.season = season;
        scale = ErrorProducts.scale(known);
        level = mean(Math.max(4, season), 0);
    }

    /**
     * The figures of every step after an origin, one step after another.
     *
     * @param seasonality points in a season, 1 for none
     * @param kind        class of the series' demand
     * @param methods     backtests of the methods
     * @param combined    that of their combination
     * @param origin      of the cuts, or their number for the end of the history
     */
    static float[] rows(int seasonality, DemandClass kind, List<Backtest> methods, Backtest combined, int origin) {
        StepFeatures features = new StepFeatures(combined.known(origin), seasonality);
        float[] common = features.ofOrigin(kind, bias(combined, origin));
        double[] base = combined.ahead(origin);
        double[][] others = new double[METHODS.size()][];
        methods.stream()
                .filter(method -> METHODS.contains(method.name()))
                .forEach(method -> others[METHODS.indexOf(method.name())] = method.ahead(origin));
        int untilEnd = combined.history().length - features.known.length;
        float[] rows = new float[base.length * COLUMNS];
        for (int step = 0; step < base.length; step++) {
            int at = step * COLUMNS;
            System.arraycopy(common, 0, rows, at, OF_ORIGIN);
            features.ofStep(rows, at + OF_ORIGIN, base[step], step, untilEnd);
            for (int i = 0; i < others.length; i++) {
                double other = others[i] == null ? Double.NaN : others[i][step];
                rows[at + OF_ORIGIN + OF_STEP + i] = (float) ((other - base[step]) / features.scale);
            }
        }
        return rows;
    }

    /** The mean error of the combination as known at the origin. */
    private static double bias(Backtest combined, int origin) {
        double[] errors = combined.errorsKnown(origin);
        return Arrays.stream(errors).sum() / (errors.length + NO_BIAS);
    }

    private float[] ofOrigin(DemandClass kind, double bias) {
        Row row = new Row(new float[OF_ORIGIN], 0);
        int sales = 0;
        int silent = 0;
        double squares = 0;
        for (double value : known) {
            sales += value != 0 ? 1 : 0;
            silent = value != 0 ? 0 : silent + 1;
            squares += value != 0 ? (value - level) * (value - level) : 0;
        }
        row.add(kind.ordinal());
        row.add(Math.log(known.length));
        row.add(level / scale);
        row.add(silent);
        row.add((double) sales / known.length);
        row.add(Math.sqrt(squares / Math.max(1, sales)) / scale);
        row.add(bias / scale);
        row.add(new Line(Arrays.copyOfRange(known, Math.max(0, known.length - Math.max(8, season)), known.length))
                        .slope()
                / scale);
        for (int lag = 1; lag <= LAGS; lag++) {
            row.add(fromLevel(known.length - lag));
        }
        for (int points : MEANS) {
            row.add(known.length < points ? Double.NaN : (mean(points, 0) - level) / scale);
        }
        for (int points : SPREADS) {
            row.add(known.length < points ? Double.NaN : spread(points) / scale);
        }
        row.add(known.length < 2 * season ? Double.NaN : (mean(season, 0) - mean(season, season)) / scale);
        return row.values;
    }

    private void ofStep(float[] rows, int at, double base, int step, int untilEnd) {
        Row row = new Row(rows, at);
        int period = season > 1 ? season : LongSeason.cycleFor(season);
        int target = known.length + step;
        double expected = (base - level) / scale;
        row.add(step + 1);
        // Counted from the end, where series of one set are at the same date.
        row.add(Math.floorMod(step - untilEnd, period));
        row.add(expected);
        row.add((double) (step + 1) / season);
        for (int ago = 1; ago <= SEASONS; ago++) {
            row.add(fromLevel(target - ago * period) - expected);
        }
        row.add(fromLevel(target - period - 1) - expected);
        row.add(fromLevel(target - period + 1) - expected);
    }

    private double fromLevel(int t) {
        return t < 0 || t >= known.length ? Double.NaN : (known[t] - level) / scale;
    }

    /** The mean of up to {@code points} points that end {@code ago} points ago. */
    private double mean(int points, int ago) {
        int to = known.length - ago;
        int from = Math.max(0, to - points);
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += known[t];
        }
        return sum / (to - from);
    }

    private double spread(int points) {
        double mean = mean(points, 0);
        double squares = 0;
        for (int t = known.length - points; t < known.length; t++) {
            squares += (known[t] - mean) * (known[t] - mean) / points;
        }
        return Math.sqrt(squares);
    }

    /** A row that is being filled. */
    private static final class Row {
        private final float[] values;
        private int next;

        Row(float[] values, int first) {
            this.values = values;
            next = first;
        }

        void add(double value) {
            values[next++] = (float) value;
        }
    }
}
