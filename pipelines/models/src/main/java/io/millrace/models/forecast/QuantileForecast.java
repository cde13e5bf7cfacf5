package io.millrace.models.forecast;

/**
 * What is expected of a series, step by step, and how sure that is. The quantiles never cross.
 *
 * @param mean   expected value of each step
 * @param p10    what comes falls below it one time in ten
 * @param p50    median
 * @param p90    what comes falls above it one time in ten
 * @param member the method, or the combination of methods
 * @param reason why that one, in a sentence with numbers
 */
@SuppressWarnings("ArrayRecordComponent")
public record QuantileForecast(double[] mean, double[] p10, double[] p50, double[] p90, String member, String reason) {

    public QuantileForecast {
        for (int i = 0; i < mean.length; i++) {
            if (!(p10[i] <= p50[i] && p50[i] <= p90[i] && Double.isFinite(mean[i]))) {
                throw new IllegalArgumentException("Step " + i + " has mean " + mean[i] + ", p10 " + p10[i] + ", p50 "
                        + p50[i] + ", p90 " + p90[i] + ": the mean has to be finite and quantiles must not cross.");
            }
        }
    }

    /** The number of steps. */
    public int horizon() {
        return mean.length;
    }
}
