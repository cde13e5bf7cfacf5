package io.millrace.models.forecast;

import io.millrace.models.forecast.AutomaticForecaster.Tested;
import io.millrace.models.regression.BoostedRegression;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What all series of a set together teach about the errors of their combined forecasts: boosted trees over the steps of all series and origins
 * (a global, direct multi-horizon model; Montero-Manso and Hyndman, "Principles and algorithms for forecasting groups of time series", 2021), whose
 * target is the error in units of the series' one-step changes. A forecast is corrected by a share of what they expect, as far as past windows show
 * that it helps ({@link CorrectionGate}).
 *
 * <p>The corrections of past windows, by which the share is found and quantiles are calibrated, come from trees that had not seen them: for each window a
 * horizon longer there are trees that were fitted on what came before it.
 */
final class PooledBoosting implements Serializable {

    private static final long serialVersionUID = 1;

    /** Nothing is corrected. */
    static final PooledBoosting NONE = new PooledBoosting(1, Map.of(), new TreeMap<>());

    private static final int WINDOWS = 4;
    private static final int FEWEST_SERIES = 30;
    private static final int FEWEST_ROWS = 500;
    /** Steps that are looked at; evenly spread series where there are more. */
    private static final int MOST_ROWS = 60_000;
    /** One-step changes beyond which an error counts as that one. */
    private static final double MOST_ERROR = 4;

    private final int seasonality;
    private final Map<DemandClass, Double> shares;
    /** By the points at the end of each history that they have not seen. */
    private final TreeMap<Integer, BoostedRegression> trees;

    private PooledBoosting(
            int seasonality, Map<DemandClass, Double> shares, TreeMap<Integer, BoostedRegression> trees) {
        this.seasonality = seasonality;
        this.shares = shares;
        this.trees = trees;
    }

    /**
     * A series with its methods' backtests.
     *
     * @param combined by its own shares
     * @param usual    by the shares that are usual in its class. Errors of this one are learned from: its own shares were found on the very
     *                 windows that are looked at, so their errors balance there, and nowhere else
     */
    record Case(Tested tested, Backtest combined, Backtest usual) {

        /** Whether there are forecasts to correct, and not only the company's rate. */
        boolean counts() {
            return usual.cuts().length > 0 && tested.backtests().size() > 1;
        }

        float[] rows(int seasonality, int origin) {
            return StepFeatures.rows(seasonality, tested.kind(), tested.backtests(), usual, origin);
        }
    }

    /** Learns from cases; with too few of them, or with histories that hold too few windows, nothing is ever corrected. */
    static PooledBoosting learn(List<Case> all, int seasonality, int horizon, long seed) {
        List<Case> cases = evenly(all.stream().filter(Case::counts).toList());
        if (cases.size() < FEWEST_SERIES) {
            return NONE;
        }
        List<float[][]> rows = new ArrayList<>();
        for (Case one : cases) {
            float[][] ofOrigins = new float[one.usual.cuts().length][];
            Arrays.setAll(ofOrigins, origin -> one.rows(seasonality, origin));
            rows.add(ofOrigins);
        }
        TreeMap<Integer, BoostedRegression> trees = new TreeMap<>();
        for (int unseen = 0; unseen <= WINDOWS * horizon; unseen += horizon) {
            Sample sample = Sample.of(cases, rows, unseen);
            if (sample.targets.length < FEWEST_ROWS) {
                break;
            }
            trees.put(unseen, BoostedRegression.fit(sample.rows, sample.targets, boosting(seed)));
        }
        if (trees.isEmpty()) {
            return NONE;
        }
        PooledBoosting ungated = new PooledBoosting(seasonality, Map.of(), trees);
        return new PooledBoosting(seasonality, ungated.gated(cases, rows), trees);
    }

    /** Small steps, and leaves of many rows: what is left of a good forecast is noise for the most part. */
    private static BoostedRegression.Options boosting(long seed) {
        return new BoostedRegression.Options(120, 5, 0.04, 50, 0.6, seed);
    }

    private static List<Case> evenly(List<Case> cases) {
        long steps = cases.stream().mapToLong(one -> one.usual.steps()).sum();
        if (steps <= MOST_ROWS) {
            return cases;
        }
        int count = (int) (cases.size() * (double) MOST_ROWS / steps);
        List<Case> some = new ArrayList<>(count);
        for (long i = 0; i < count; i++) {
            some.add(cases.get((int) (i * cases.size() / count)));
        }
        return some;
    }

    /** Rows and what came of them, as known {@code unseen} points before the ends of the histories. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sample(float[] rows, float[] targets) {

        static Sample of(List<Case> cases, List<float[][]> rows, int unseen) {
            int most = cases.stream().mapToInt(one -> one.usual.steps()).sum();
            float[] taken = new float[most * StepFeatures.COLUMNS];
            float[] targets = new float[most];
            int count = 0;
            for (int i = 0; i < cases.size(); i++) {
                Backtest usual = cases.get(i).usual;
                int end = usual.history().length - unseen;
                for (int k = 0; k < usual.cuts().length; k++) {
                    double unit = ErrorProducts.scale(usual.known(k));
                    for (int step = 0; step < usual.past()[k].length && usual.cuts()[k] + step < end; step++) {
                        int from = step * StepFeatures.COLUMNS;
                        System.arraycopy(
                                rows.get(i)[k], from, taken, count * StepFeatures.COLUMNS, StepFeatures.COLUMNS);
                        double error = usual.residual(k, step) / unit;
                        targets[count++] = (float) Math.max(-MOST_ERROR, Math.min(MOST_ERROR, error));
                    }
                }
            }
            return new Sample(Arrays.copyOf(taken, count * StepFeatures.COLUMNS), Arrays.copyOf(targets, count));
        }
    }

    private Map<DemandClass, Double> gated(List<Case> cases, List<float[][]> rows) {
        // The order is that of the series whatever thread worked on which, so sums are always the same.
        List<CorrectionGate.OfSeries> series = IntStream.range(0, cases.size())
                .parallel()
                .mapToObj(i -> tried(cases.get(i), rows.get(i)))
                .toList();
        CorrectionGate gate = new CorrectionGate();
        for (int i = 0; i < series.size(); i++) {
            gate.add(cases.get(i).tested.kind(), series.get(i));
        }
        return gate.shares();
    }

    /** What the combination missed in the windows of a series, and what would have been corrected of it. */
    private CorrectionGate.OfSeries tried(Case one, float[][] rows) {
        Backtest combined = one.combined;
        CorrectionGate.OfSeries series = new CorrectionGate.OfSeries();
        for (int k = 0; k < combined.cuts().length; k++) {
            Integer window = window(combined, k);
            if (window != null) {
                double[] expected = expected(one, k, rows[k]);
                double unit = ErrorProducts.scale(combined.known(k));
                for (int step = 0; step < expected.length; step++) {
                    double correction = expected[step] - combined.past()[k][step];
                    series.add(window, combined.residual(k, step) / unit, correction / unit);
                }
            }
        }
        return series;
    }

    /** The trees that saw most and nothing after the origin; null if there are none. */
    private Integer window(Backtest combined, int origin) {
        return trees.ceilingKey(combined.history().length - combined.known(origin).length);
    }

    /** The usual combination with what trees expect it to miss; never more than it usually does. */
    private double[] expected(Case one, int origin, float[] rows) {
        double[] known = one.usual.known(origin);
        double[] errors = one.usual.errorsKnown(origin);
        double squares = 0;
        for (double error : errors) {
            squares += error * error / errors.length;
        }
        double most = Math.sqrt(squares);
        double unit = ErrorProducts.scale(known);
        double[] expected = trees.get(window(one.usual, origin)).predict(rows, rows.length / StepFeatures.COLUMNS);
        double[] usual = one.usual.ahead(origin);
        for (int step = 0; step < expected.length; step++) {
            expected[step] = usual[step] + Math.max(-most, Math.min(most, unit * expected[step]));
        }
        return expected;
    }

    /** Whether anything has been learned. */
    boolean isLearned() {
        return !trees.isEmpty();
    }

    /** The same with every class corrected in full. */
    PooledBoosting ungated() {
        Map<DemandClass, Double> all = new EnumMap<>(DemandClass.class);
        for (DemandClass kind : DemandClass.values()) {
            all.put(kind, 1.0);
        }
        return new PooledBoosting(seasonality, all, trees);
    }

    /** The share of corrections that is made in a class, from 0 to 1. */
    double share(DemandClass kind) {
        return shares.getOrDefault(kind, 0.0);
    }

    /** A combination's backtest with its corrections; of a history without points below 0 nothing is brought below 0. */
    Backtest corrected(Case one) {
        double share = share(one.tested.kind());
        Backtest combined = one.combined;
        if (share == 0 || !one.counts()) {
            return combined;
        }
        double[][] past = new double[combined.cuts().length][];
        Arrays.setAll(past, origin -> corrected(one, origin, combined.past()[origin], share));
        double[] asTested = corrected(one, past.length, combined.asTested(), share);
        double[] forecast = corrected(one, past.length, combined.forecast(), share);
        return new Backtest(combined.name(), combined.history(), combined.cuts(), past, forecast, asTested);
    }

    /**
     * The forecast moved by a share of the way to what trees and the usual combination expect, the latter with the parameters that it was
     * tested with: errors that the trees learned came from those.
     */
    private double[] corrected(Case one, int origin, double[] forecast, double share) {
        if (window(one.usual, origin) == null) {
            return forecast;
        }
        double[] moved = expected(one, origin, one.rows(seasonality, origin));
        boolean negative = AutomaticForecaster.hasNegative(one.combined.history());
        for (int step = 0; step < forecast.length; step++) {
            double sum = forecast[step] + share * (moved[step] - forecast[step]);
            moved[step] = negative ? sum : Math.max(Math.min(0, forecast[step]), sum);
        }
        return moved;
    }
}
