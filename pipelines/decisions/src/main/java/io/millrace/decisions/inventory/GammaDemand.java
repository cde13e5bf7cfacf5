package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * Gamma demand: never negative and skewed, for items whose demand varies too much for the normal distribution (Burgin,
 * The Gamma Distribution and Inventory Control, Operational Research Quarterly 26, 1975).
 *
 * @param mean              expected demand, above 0
 * @param standardDeviation standard deviation, above 0
 */
public record GammaDemand(double mean, double standardDeviation) implements DemandDistribution {

    /** Refuses a mean or a standard deviation of 0. */
    public GammaDemand {
        Require.positive("mean demand", mean);
        Require.positive("standard deviation of demand", standardDeviation);
    }

    @Override
    public double variance() {
        return standardDeviation * standardDeviation;
    }

    private double shape() {
        return mean * mean / variance();
    }

    private double scale() {
        return variance() / mean;
    }

    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : 1 - IncompleteGamma.upper(shape(), x / scale());
    }

    @Override
    public double loss(double x) {
        if (x <= 0) {
            return mean - x;
        }
        double beyond = mean * IncompleteGamma.upper(shape() + 1, x / scale());
        return Math.max(0, beyond - x * IncompleteGamma.upper(shape(), x / scale()));
    }

    /**
     * Bisection between 0 and a bound that is doubled until it covers p: slower than Newton and never lost. Where demand is very
     * variable, its lower quantiles are smaller than any number; what is below 1e-15 of the mean is not looked for more closely.
     */
    @Override
    public double quantile(double p) {
        Require.between("probability", p, 0, 1);
        double high = mean + standardDeviation;
        while (cdf(high) < p && high < 1e12 * mean) {
            high *= 2;
        }
        double low = 0;
        while (high - low > 1e-12 * high && high > 1e-15 * mean) {
            double middle = 0.5 * (low + high);
            if (cdf(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
