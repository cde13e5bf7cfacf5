package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The distribution for a demand of which only mean and variance are known.
 *
 * <p>Counts with a mean below 10 are negative binomial, or Poisson where the variance does not exceed the mean; a coefficient
 * of variation up to ½ is normal; anything more variable is gamma. Counts whose variance is more than 200 times their mean are
 * gamma as well: the negative binomial is a Poisson count of a gamma intensity, and where the intensity runs into hundreds
 * the count adds next to nothing to it, while a table of its probabilities would grow with the variance. The other thresholds
 * are those of Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th edition, chapters 6 and 8.
 */
public final class DemandFit {

    private static final double SLOW_MOVING = 10;
    private static final double NORMAL_ENOUGH = 0.5;
    private static final double MOST_DISPERSION = 200;

    private DemandFit() {}

    /**
     * Fits by moments.
     *
     * @param mean     expected demand, 0 or more
     * @param variance its variance, 0 or more
     * @param counts   whether demand comes in whole units
     */
    public static DemandDistribution ofMoments(double mean, double variance, boolean counts) {
        Require.notNegative("mean demand", mean);
        Require.notNegative("variance of demand", variance);
        if (mean == 0) {
            return DiscreteDemand.constant(0);
        }
        if (counts && mean < SLOW_MOVING && variance <= MOST_DISPERSION * mean) {
            return variance > mean * 1.001
                    ? DiscreteDemand.negativeBinomial(mean, variance)
                    : DiscreteDemand.poisson(mean);
        }
        double deviation = Math.max(Math.sqrt(variance), 1e-9 * mean);
        return deviation <= NORMAL_ENOUGH * mean ? new NormalDemand(mean, deviation) : new GammaDemand(mean, deviation);
    }
}
