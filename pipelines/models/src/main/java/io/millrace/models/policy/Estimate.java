package io.millrace.models.policy;

import java.util.Arrays;

/**
 * A figure with its interval of 95 %.
 *
 * @param value the estimate
 * @param low   lower end
 * @param high  upper end
 */
public record Estimate(double value, double low, double high) {

    /** Standard deviations on either side of the mean of a normal distribution that hold 95 %. */
    static final double SPREAD = 1.959964;

    /** The mean of independent scores, one or more, by the central limit theorem. */
    static Estimate ofMean(double[] scores) {
        double mean = Arrays.stream(scores).average().orElseThrow();
        return around(mean, error(scores, mean));
    }

    /** An interval of so many standard errors. */
    static Estimate around(double value, double error) {
        return new Estimate(value, value - SPREAD * error, value + SPREAD * error);
    }

    /** The same with the variance of another estimate added to its own. */
    Estimate widenedBy(Estimate other) {
        double wider = Math.hypot(1, (other.high - other.low) / (high - low));
        return high > low ? new Estimate(value, value - (value - low) * wider, value + (high - value) * wider) : this;
    }

    /** The standard error of the mean. */
    static double error(double[] scores, double mean) {
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        return scores.length < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (scores.length - 1) / scores.length);
    }
}
