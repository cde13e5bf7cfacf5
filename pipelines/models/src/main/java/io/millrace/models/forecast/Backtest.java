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
 */
@SuppressWarnings("ArrayRecordComponent")
record Backtest(String name, double[] history, int[] cuts, double[][] past, double[] forecast) {

    /** Runs a method; its parameters come from before the first cut for the past, from all of the history for the future. */
    static Backtest run(Forecaster method, double[] history, int horizon, int[] cuts) {
        double[][] past = new double[cuts.length][];
        Forecaster fitted = cuts.length == 0 ? method : method.fit(Arrays.copyOf(history, cuts[0]));
        for (int k = 0; k < cuts.length; k++) {
            past[k] = fitted.forecast(Arrays.copyOf(history, cuts[k]), Math.min(horizon, history.length - cuts[k]));
        }
        return new Backtest(method.name(), history, cuts, past, method.forecast(history, horizon));
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
        return new Backtest(name, like.history, like.cuts, past, forecast);
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
