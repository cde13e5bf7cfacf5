package io.millrace.models.forecast;

/**
 * Quantiles of demand with gaps: in a step there is a sale or there is none, and the size of one is log-normal as the company's
 * {@link DemandSizes} say of this series. The probability of a sale is what makes the expected demand the forecast's.
 */
final class SporadicQuantiles {

    private static final double[] LEVELS = {0.1, 0.5, 0.9};
    private static final double MOST_PROBABLE = 0.98;

    private SporadicQuantiles() {}

    /** The 10 %, 50 % and 90 % points of each step: [quantile][step]. */
    static double[][] of(double[] mean, double[] history, DemandSizes sizes) {
        double[] next = sizes.next(history);
        double size = Math.exp(next[0] + next[1] / 2);
        double spread = Math.sqrt(next[1]);
        double[][] quantiles = new double[LEVELS.length][mean.length];
        for (int step = 0; step < mean.length; step++) {
            double probability = Math.min(MOST_PROBABLE, mean[step] / size);
            double location = probability > 0 ? Math.log(mean[step] / probability) - next[1] / 2 : 0;
            for (int q = 0; q < LEVELS.length; q++) {
                double none = 1 - probability;
                quantiles[q][step] =
                        LEVELS[q] <= none ? 0 : Math.exp(location + spread * normal((LEVELS[q] - none) / probability));
            }
        }
        return quantiles;
    }

    /** The variance of a step, its sale and the size of one being uncertain. */
    static double variance(double mean, double[] history, DemandSizes sizes) {
        double[] next = sizes.next(history);
        double size = Math.exp(next[0] + next[1] / 2);
        double probability = Math.min(MOST_PROBABLE, mean / size);
        return probability == 0 ? 0 : mean * mean * (Math.exp(next[1]) / probability - 1);
    }

    /** The quantile of the standard normal distribution (Acklam's rational approximation, relative error below 1.2e-9). */
    static double normal(double level) {
        if (level < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(Math.max(level, 1e-300)));
            return tail(q);
        }
        if (level > 1 - 0.02425) {
            return -tail(Math.sqrt(-2 * Math.log(Math.max(1 - level, 1e-300))));
        }
        double q = level - 0.5;
        double r = q * q;
        return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r
                                        - 30.66479806614716)
                                * r
                        + 2.506628277459239)
                * q
                / (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
                                        - 13.28068155288572)
                                * r
                        + 1);
    }

    private static double tail(double q) {
        return (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734)
                                                * q
                                        + 4.374664141464968)
                                * q
                        + 2.938163982698783)
                / ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416)
                                * q
                        + 1);
    }
}
