package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * Gamma demand: never negative and skewed, for items whose demand varies too much for the normal distribution (Burgin,
 * The Gamma Distribution and Inventory Control, Operational Research Quarterly 26, 1975).
 *
 * @param mean              expected demand, above 0
 * @param standardDeviation standard deviation, above 0
 */
public record GammaDemand(double mean, double standardDeviation) implements DemandDistribution {

    private static final double LEAST_SHAPE = 1e-12;
    /** A quantile below this share of the mean is as good as none. */
    private static final double NEGLIGIBLE = 1e-12;

    /** Refuses a mean or a standard deviation of 0. */
    public GammaDemand {
        Require.positive("mean demand", mean);
        Require.positive("standard deviation of demand", standardDeviation);
    }

    @Override
    public double variance() {
        return standardDeviation * standardDeviation;
    }

    /** Kept above 0 where the standard deviation is beyond all proportion to the mean. */
    private double shape() {
        double ratio = mean / standardDeviation;
        return Math.max(LEAST_SHAPE, ratio * ratio);
    }

    private double scale() {
        return mean / shape();
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

    @Override
    public double sample(RandomGenerator random) {
        return scale() * GammaSampler.next(shape(), random);
    }

    @Override
    public double quantile(double p) {
        Require.between("probability", p, 0, 1);
        double found = GammaDistribution.of(shape(), scale()).inverseCumulativeProbability(p);
        // Near the least number there is no digit can be told, and quantiles would cross.
        return found < NEGLIGIBLE * mean ? 0 : found;
    }
}
