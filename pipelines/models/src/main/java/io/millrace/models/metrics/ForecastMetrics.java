package io.millrace.models.metrics;

/** Metrics of one series' forecast against what came; except coverage, lower is better. */
public final class ForecastMetrics {

    private ForecastMetrics() {}

    /**
     * The symmetric mean absolute percentage error of the M4 competition: the mean of 200 |y − f| / (|y| + |f|), in
     * percent, 0 to 200. A step where both are 0 counts as 0.
     */
    public static double smape(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            // Halved first: the sum of two large numbers must not overflow.
            double size = Math.abs(actual[i]) / 2 + Math.abs(forecast[i]) / 2;
            sum += size == 0 ? 0 : 200 * (Math.abs(actual[i] / 2 - forecast[i] / 2) / size);
        }
        return sum / actual.length;
    }

    /** The mean absolute error, in the unit of the series. */
    public static double mae(double[] actual, double[] forecast) {
        return sumOfAbsoluteErrors(actual, forecast) / actual.length;
    }

    /**
     * The mean absolute scaled error (Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006): the
     * mean absolute error over that of the seasonal naive forecast one step ahead within {@code history}. NaN where the
     * scale is 0.
     */
    public static double mase(double[] history, int lag, double[] actual, double[] forecast) {
        double scale = naiveScale(history, lag);
        return scale == 0 ? Double.NaN : mae(actual, forecast) / scale;
    }

    /**
     * The mean absolute difference between points {@code lag} apart, in the unit of the series. A history no longer than
     * {@code lag} is compared one point apart; 0 for a single point.
     */
    public static double naiveScale(double[] history, int lag) {
        if (lag < 1) {
            throw new IllegalArgumentException("The seasonal lag is " + lag + ": it has to be 1 or more.");
        }
        int apart = history.length > lag ? lag : 1;
        double sum = 0;
        for (int i = apart; i < history.length; i++) {
            sum += Math.abs(history[i] - history[i - apart]);
        }
        return history.length > apart ? sum / (history.length - apart) : 0;
    }

    /**
     * The root mean squared scaled error of the M5 competition (Makridakis, Spiliotis and Assimakopoulos, "M5 accuracy competition",
     * 2022): the root of the mean squared error over that of the naive forecast one step ahead within {@code history}, from its first
     * point other than 0 on. NaN where the scale is 0.
     */
    public static double rmsse(double[] history, double[] actual, double[] forecast) {
        double scale = naiveSquaredScale(history);
        return scale == 0 ? Double.NaN : rmse(actual, forecast) / Math.sqrt(scale);
    }

    /** The mean squared difference between neighbours, from the first point other than 0 on; 0 for a single point. */
    private static double naiveSquaredScale(double[] history) {
        int first = 0;
        while (first < history.length && history[first] == 0) {
            first++;
        }
        double sum = 0;
        for (int i = first + 1; i < history.length; i++) {
            double step = history[i] - history[i - 1];
            sum += step * step;
        }
        int steps = history.length - first - 1;
        return steps > 0 ? sum / steps : 0;
    }

    /** The sum of absolute errors over the sum of absolute values; NaN where all that came is 0. */
    public static double wape(double[] actual, double[] forecast) {
        double size = 0;
        for (double value : actual) {
            size += Math.abs(value);
        }
        return size == 0 ? Double.NaN : sumOfAbsoluteErrors(actual, forecast) / size;
    }

    /** The root of the mean squared error, in the unit of the series. */
    public static double rmse(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double error = actual[i] - forecast[i];
            sum += error * error;
        }
        return Math.sqrt(sum / actual.length);
    }

    /** The mean quantile loss of a forecast of {@code quantile} (between 0 and 1), in the unit of the series. */
    public static double pinball(double quantile, double[] actual, double[] forecast) {
        check(actual, forecast);
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("The quantile is " + quantile + ": it has to be between 0 and 1.");
        }
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double error = actual[i] - forecast[i];
            sum += error >= 0 ? quantile * error : (quantile - 1) * error;
        }
        return sum / actual.length;
    }

    /** The share of points from {@code low} to {@code high}, both included, 0 to 1; best near the nominal share. */
    public static double coverage(double[] actual, double[] low, double[] high) {
        check(actual, low);
        check(actual, high);
        double inside = 0;
        for (int i = 0; i < actual.length; i++) {
            inside += actual[i] >= low[i] && actual[i] <= high[i] ? 1 : 0;
        }
        return inside / actual.length;
    }

    /** The overall weighted average of the M4 competition: the mean of sMAPE and MASE relative to those of Naive2. */
    public static double owa(double smape, double mase, double naive2Smape, double naive2Mase) {
        return (smape / naive2Smape + mase / naive2Mase) / 2;
    }

    private static double sumOfAbsoluteErrors(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs(actual[i] - forecast[i]);
        }
        return sum;
    }

    private static void check(double[] actual, double[] forecast) {
        if (actual.length != forecast.length || actual.length == 0) {
            throw new IllegalArgumentException("There are " + actual.length + " actual values and " + forecast.length
                    + " forecasts: give one forecast for each value, and at least one.");
        }
    }
}
