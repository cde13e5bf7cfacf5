package io.millrace.models.forecast;

import java.util.Arrays;
import java.util.Map;

/**
 * What is expected of a series, step by step, and how sure that is. The quantiles never cross.
 *
 * @param mean         expected value of each step
 * @param p10          what comes falls below it one time in ten
 * @param p50          median
 * @param p90          what comes falls above it one time in ten
 * @param cumulativeSd standard deviation of the error of the total from the first step to this one, 0 or more, never falling: errors of
 *                     neighbouring steps go together, so it is more than independent errors would make
 * @param kind         class of the series' demand
 * @param member       the method, or {@code combination}
 * @param shares       of the methods that take part, 1 in all
 * @param reason       why those, in a sentence with numbers
 */
@SuppressWarnings("ArrayRecordComponent")
public record QuantileForecast(
        double[] mean,
        double[] p10,
        double[] p50,
        double[] p90,
        double[] cumulativeSd,
        DemandClass kind,
        String member,
        Map<String, Double> shares,
        String reason) {

    public QuantileForecast {
        for (int i = 0; i < mean.length; i++) {
            if (!(p10[i] <= p50[i] && p50[i] <= p90[i] && Double.isFinite(mean[i]) && cumulativeSd[i] >= 0)) {
                throw new IllegalArgumentException("Step " + i + " has mean " + mean[i] + ", p10 " + p10[i] + ", p50 "
                        + p50[i] + ", p90 " + p90[i] + ", cumulative deviation " + cumulativeSd[i]
                        + ": the mean has to be finite, quantiles must not cross and a deviation is 0 or more.");
            }
        }
    }

    /** The number of steps. */
    public int horizon() {
        return mean.length;
    }

    /** What is expected of all steps together. */
    public double total() {
        double total = 0;
        for (double step : mean) {
            total += step;
        }
        return total;
    }

    /**
     * The same forecast in steps that begin later, each made of the rest of a step and the beginning of the next. What has passed was
     * not seen, so it adds to what is uncertain: the sums count from the last step before the new first one.
     *
     * @param passed steps that are over, 0 to below one less than there are; 1.5 is one step and a half
     */
    public QuantileForecast startingAfter(double passed) {
        int whole = (int) passed;
        double within = passed - whole;
        double[] sd = new double[cumulativeSd.length - whole - 1];
        double before = whole == 0 ? 0 : cumulativeSd[whole - 1];
        Arrays.setAll(sd, step -> Math.sqrt(Math.max(0, square(cumulativeSd[whole + step]) - square(before))));
        return new QuantileForecast(
                shifted(mean, whole, within),
                shifted(p10, whole, within),
                shifted(p50, whole, within),
                shifted(p90, whole, within),
                whole == 0 ? Arrays.copyOf(cumulativeSd, cumulativeSd.length - 1) : sd,
                kind,
                member,
                shares,
                reason);
    }

    private static double square(double value) {
        return value * value;
    }

    private static double[] shifted(double[] steps, int whole, double within) {
        double[] shifted = new double[steps.length - whole - 1];
        Arrays.setAll(shifted, step -> (1 - within) * steps[whole + step] + within * steps[whole + step + 1]);
        return shifted;
    }
}
