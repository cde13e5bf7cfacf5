package io.millrace.models.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * What a method forecasts from several origins within a history, and from its end.
 *
 * @param name      of the method
 * @param history   the whole series
 * @param cuts      origins, ascending: the method saw the points before the cut
 * @param past      for each cut, the forecast of the points after it, as far as they are known
 * @param forecast  of the steps after the history
 * @param asTested  the same with the parameters that the past was forecast with
 */
@SuppressWarnings("ArrayRecordComponent")
record Backtest(String name, double[] history, int[] cuts, double[][] past, double[] forecast, double[] asTested) {

    /** Runs a method; its parameters come from before the first cut for the past, from all of the history for the future. */
    static Backtest run(Forecaster method, double[] history, int horizon, int[] cuts) {
        double[][] past = new double[cuts.length][];
        Forecaster fitted = cuts.length == 0 ? method : method.fit(Arrays.copyOf(history, cuts[0]));
        for (int k = 0; k < cuts.length; k++) {
            past[k] = fitted.forecast(Arrays.copyOf(history, cuts[k]), Math.min(horizon, history.length - cuts[k]));
        }
        double[] forecast = method.forecast(history, horizon);
        double[] asTested = cuts.length == 0 ? forecast : fitted.forecast(history, horizon);
        return new Backtest(method.name(), history, cuts, past, forecast, asTested);
    }

    /** The weighted sum of backtests with the same history, horizon and cuts. */
    static Backtest combine(String name, List<Backtest> members, double[] weights) {
        Backtest like = members.get(0);
        double[][] past = new double[like.past.length][];
        for (int k = 0; k < past.length; k++) {
            int cut = k;
            past[k] = sum(members.stream().map(b -> b.past[cut]).toList(), weights);
        }
        double[] forecast = sum(members.stream().map(Backtest::forecast).toList(), weights);
        double[] asTested = sum(members.stream().map(Backtest::asTested).toList(), weights);
        return new Backtest(name, like.history, like.cuts, past, forecast, asTested);
    }

    private static double[] sum(List<double[]> forecasts, double[] weights) {
        double[] sum = new double[forecasts.get(0).length];
        for (int m = 0; m < weights.length; m++) {
            double[] forecast = forecasts.get(m);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[m] * forecast[i];
            }
        }
        return sum;
    }

    /** Horizons of history that were tested, without overlap; 0 without cuts. */
    double windows() {
        return cuts.length == 0 ? 0 : (double) (history.length - cuts[0]) / forecast.length;
    }

    /** What came minus what was forecast, {@code step} steps (from 0) after cut {@code k}. */
    double residual(int k, int step) {
        return history[cuts[k] + step] - past[k][step];
    }

    /** The history before cut {@code origin}, and all of it where that is the number of cuts. */
    double[] known(int origin) {
        return origin < cuts.length ? Arrays.copyOf(history, cuts[origin]) : history;
    }

    /** What is forecast from there, from any of them with the same parameters. */
    double[] ahead(int origin) {
        return origin < cuts.length ? past[origin] : asTested;
    }

    /** The residuals of earlier cuts at points that are known there. */
    double[] errorsKnown(int origin) {
        int end = known(origin).length;
        double[] errors = new double[steps()];
        int count = 0;
        for (int k = 0; k < origin; k++) {
            for (int step = 0; step < past[k].length && cuts[k] + step < end; step++) {
                errors[count++] = residual(k, step);
            }
        }
        return Arrays.copyOf(errors, count);
    }

    /** Steps that were tested, over all cuts. */
    int steps() {
        return Arrays.stream(past).mapToInt(forecasts -> forecasts.length).sum();
    }

    /** The root mean squared error over all cuts and steps; NaN without cuts. */
    double error() {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < cuts.length; k++) {
            for (int step = 0; step < past[k].length; step++) {
                sum += residual(k, step) * residual(k, step);
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }
}
