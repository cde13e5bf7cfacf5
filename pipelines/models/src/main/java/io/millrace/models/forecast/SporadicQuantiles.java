package io.millrace.models.forecast;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Quantiles of demand with gaps: in a step there is a sale or there is none, and the size of one is log-normal as the company's
 * {@link DemandSizes} say of this series. The probability of a sale is what makes the expected demand the forecast's.
 */
final class SporadicQuantiles {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
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
                quantiles[q][step] = LEVELS[q] <= none
                        ? 0
                        : Math.exp(location
                                + spread * NORMAL.inverseCumulativeProbability((LEVELS[q] - none) / probability));
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
}
