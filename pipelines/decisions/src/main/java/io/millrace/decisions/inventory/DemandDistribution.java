package io.millrace.decisions.inventory;

import java.util.random.RandomGenerator;

/** Demand over some stretch of time, in units, as far as an inventory model needs to know it. */
public sealed interface DemandDistribution permits NormalDemand, GammaDemand, DiscreteDemand {

    /** Expected demand. */
    double mean();

    /** Variance of demand, units squared. */
    double variance();

    /** Probability of a demand at or below x. */
    double cdf(double x);

    /** The smallest level that covers demand with probability p, 0 &lt; p &lt; 1. */
    double quantile(double p);

    /** Expected units short E[(D − x)+] when x units are there. */
    double loss(double x);

    /** One demand drawn at random, independent of every other. Its cost does not grow with the demand. */
    double sample(RandomGenerator random);

    /** Standard deviation of demand, units. */
    default double standardDeviation() {
        return Math.sqrt(variance());
    }
}
