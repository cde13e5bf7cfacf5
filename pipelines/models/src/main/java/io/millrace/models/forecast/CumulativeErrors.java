package io.millrace.models.forecast;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How far the total of several steps may be off. Errors of neighbouring steps go together, because a level that is wrong once is wrong
 * again; so the squared error of a total is looked at as such, in units of that of a single step, and not as a sum of single ones.
 *
 * @param growth mean squared error of the total up to each step, in squared errors of one step; never falling
 */
@SuppressWarnings("ArrayRecordComponent")
record CumulativeErrors(double[] growth) implements Serializable {

    /** Windows of its own past as which the class counts. */
    private static final double OF_CLASS = 4;
    /** Where nothing is known: between independent errors (1) and one error that stays (2). */
    private static final double USUAL_POWER = 1.25;
    /** A single step's squared error that is assumed before anything is tested, in squares of the one-step changes. */
    private static final double USUAL_ERROR = 0.75;

    static CumulativeErrors usual(int horizon) {
        double[] growth = new double[horizon];
        Arrays.setAll(growth, step -> Math.pow(step + 1.0, USUAL_POWER));
        return new CumulativeErrors(growth);
    }

    /** What is learned from the backtests of a class, one by one. */
    static final class Lessons {
        private final double[] sum;
        private final int[] count;

        Lessons(int horizon) {
            sum = new double[horizon];
            count = new int[horizon];
        }

        void add(Backtest backtest) {
            double[] growth = growth(backtest);
            for (int step = 0; step < growth.length; step++) {
                sum[step] += growth[step];
                count[step]++;
            }
        }

        CumulativeErrors errors() {
            double[] growth = usual(sum.length).growth;
            for (int step = 0; step < growth.length; step++) {
                double seen = count[step] == 0 ? Double.NaN : sum[step] / count[step];
                // Beyond what was seen it goes on as usual.
                double before = step == 0 ? 0 : growth[step - 1];
                growth[step] = Double.isNaN(seen)
                        ? before * Math.pow((step + 1.0) / Math.max(1, step), USUAL_POWER)
                        : Math.max(before, seen);
            }
            return new CumulativeErrors(growth);
        }
    }

    /** Of the steps that were tested: the mean squared error of the total, in mean squared errors of a step. Empty if none erred. */
    private static double[] growth(Backtest backtest) {
        double square = square(backtest);
        int known = Arrays.stream(backtest.past())
                .mapToInt(past -> past.length)
                .max()
                .orElse(0);
        if (!(square > 0)) {
            return new double[0];
        }
        double[] sum = new double[known];
        int[] count = new int[known];
        for (int k = 0; k < backtest.past().length; k++) {
            double total = 0;
            for (int step = 0; step < backtest.past()[k].length; step++) {
                total += backtest.residual(k, step);
                sum[step] += total * total / square;
                count[step]++;
            }
        }
        Arrays.setAll(sum, step -> sum[step] / count[step]);
        return sum;
    }

    private static double square(Backtest backtest) {
        double error = backtest.error();
        return error * error;
    }

    /**
     * The standard deviation of the total's error after each step.
     *
     * @param backtest of the forecast
     * @param assumed  squared error of a step that is assumed before anything is tested
     */
    double[] deviations(Backtest backtest, double assumed) {
        int horizon = backtest.forecast().length;
        double windows = backtest.windows();
        double square = windows == 0 ? assumed : (windows * square(backtest) + assumed) / (windows + 1);
        double[] own = windows == 0 ? new double[0] : growth(backtest);
        double[] deviations = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            double ofClass = at(step);
            double grown =
                    step < own.length ? (windows * own[step] + OF_CLASS * ofClass) / (windows + OF_CLASS) : ofClass;
            double deviation = Math.sqrt(square * grown);
            deviations[step] = step == 0 ? deviation : Math.max(deviations[step - 1], deviation);
        }
        return deviations;
    }

    private double at(int step) {
        int last = growth.length - 1;
        return step <= last ? growth[step] : growth[last] * Math.pow((step + 1.0) / (last + 1), USUAL_POWER);
    }

    /** The squared error of a step that is assumed of a series without gaps before anything is tested. */
    static double assumed(double[] history) {
        double scale = ErrorProducts.scale(history);
        return history.length == 1 ? history[0] * history[0] : USUAL_ERROR * scale * scale;
    }
}
