package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * A series with its season taken out, and the season to put back.
 *
 * <p>The season is found by classical decomposition: a centred moving average is the trend, the mean of what is left for
 * each place in the season is its index, and the indices are normalised. It is multiplicative where every point of the
 * series is above 0, additive otherwise, where ratios mean nothing.
 */
final class SeasonalAdjustment {

    /** One-sided 95 % point of the normal distribution: the 90 % test of the M4 competition. */
    private static final double CRITICAL = 1.645;

    private final double[] adjusted;
    private final double[] indices;
    private final boolean multiplicative;

    private SeasonalAdjustment(double[] adjusted, double[] indices, boolean multiplicative) {
        this.adjusted = adjusted;
        this.indices = indices;
        this.multiplicative = multiplicative;
    }

    /** The adjustment where the test finds a season, and the series as it is otherwise. */
    static SeasonalAdjustment where(double[] values, int seasonality) {
        return isSeasonal(values, seasonality)
                ? of(values, seasonality, allPositive(values))
                : new SeasonalAdjustment(values, new double[] {0}, false);
    }

    /** The adjustment of a history of two seasons or more. */
    static SeasonalAdjustment of(double[] values, int seasonality, boolean multiplicative) {
        return by(indices(values, seasonality, multiplicative), values, multiplicative);
    }

    private static SeasonalAdjustment by(double[] indices, double[] values, boolean multiplicative) {
        double[] adjusted = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            double index = indices[t % indices.length];
            adjusted[t] = multiplicative ? values[t] / index : values[t] - index;
        }
        return new SeasonalAdjustment(adjusted, indices, multiplicative);
    }

    /** The adjustment by indices averaged with up to {@code reach} neighbours, which weigh less the further they are. */
    SeasonalAdjustment smoothed(double[] values, int reach) {
        double[] smoothed = new double[indices.length];
        double weights = (reach + 1.0) * (reach + 1.0);
        for (int place = 0; place < smoothed.length; place++) {
            for (int i = -reach; i <= reach; i++) {
                double index = indices[Math.floorMod(place + i, indices.length)];
                smoothed[place] += (reach + 1 - Math.abs(i)) / weights * index;
            }
        }
        return by(smoothed, values, multiplicative);
    }

    /** The series without its season. */
    double[] adjusted() {
        return adjusted;
    }

    /** For each place in the season, counted from the start of the series, its factor or its summand. */
    double[] indices() {
        return indices;
    }

    /** Puts the season back into a forecast of the adjusted series, in place. */
    double[] restore(double[] forecast) {
        for (int i = 0; i < forecast.length; i++) {
            double index = indices[(adjusted.length + i) % indices.length];
            forecast[i] = multiplicative ? forecast[i] * index : forecast[i] + index;
        }
        return forecast;
    }

    /**
     * Whether the autocorrelation at the seasonal lag differs from 0 at 90 %, given the ones before it (Bartlett); the
     * test that the M4 competition used for its benchmarks. A history under three seasons is never seasonal.
     */
    static boolean isSeasonal(double[] values, int seasonality) {
        if (seasonality < 2 || values.length < 3 * seasonality) {
            return false;
        }
        double[] correlations = autocorrelations(values, seasonality);
        double squares = 0;
        for (int lag = 1; lag < seasonality; lag++) {
            squares += correlations[lag] * correlations[lag];
        }
        return Math.abs(correlations[seasonality]) > limit(squares, values.length);
    }

    /**
     * What an autocorrelation of {@code points} points stays below by chance 95 times in 100.
     *
     * @param squares the sum of the squared autocorrelations at smaller lags
     */
    static double limit(double squares, int points) {
        return CRITICAL * Math.sqrt((1 + 2 * squares) / points);
    }

    /** The autocorrelations at the lags from 0 to {@code most}, at each 0 where the values do not vary. */
    static double[] autocorrelations(double[] values, int most) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean);
        }
        double[] correlations = new double[most + 1];
        for (int lag = 0; lag <= most && variance > 0; lag++) {
            double product = 0;
            for (int t = lag; t < values.length; t++) {
                product += (values[t] - mean) * (values[t - lag] - mean);
            }
            correlations[lag] = product / variance;
        }
        return correlations;
    }

    static boolean allPositive(double[] values) {
        for (double value : values) {
            if (value <= 0) {
                return false;
            }
        }
        return true;
    }

    private static double[] indices(double[] values, int seasonality, boolean multiplicative) {
        double[] sum = new double[seasonality];
        int[] count = new int[seasonality];
        int half = seasonality / 2;
        for (int t = half; t < values.length - half; t++) {
            double trend = centredMean(values, t, seasonality);
            sum[t % seasonality] += multiplicative ? values[t] / trend : values[t] - trend;
            count[t % seasonality]++;
        }
        double mean = 0;
        for (int place = 0; place < seasonality; place++) {
            sum[place] /= count[place];
            mean += sum[place] / seasonality;
        }
        for (int place = 0; place < seasonality; place++) {
            sum[place] = multiplicative ? sum[place] / mean : sum[place] - mean;
        }
        return sum;
    }

    /** The mean over one season around {@code t}; of an even season both ends count half. */
    private static double centredMean(double[] values, int t, int seasonality) {
        int half = seasonality / 2;
        double sum = 0;
        for (int i = t - half; i <= t + half; i++) {
            sum += values[i];
        }
        if (seasonality % 2 == 0) {
            sum -= (values[t - half] + values[t + half]) / 2;
        }
        return sum / seasonality;
    }
}
