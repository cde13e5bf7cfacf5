package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.random.RandomGenerator;

/**
 * Normal demand.
 *
 * @param mean              expected demand, 0 or more
 * @param standardDeviation standard deviation, above 0
 */
public record NormalDemand(double mean, double standardDeviation) implements DemandDistribution {

    /** Refuses a negative mean and a standard deviation of 0. */
    public NormalDemand {
        Require.notNegative("mean demand", mean);
        Require.positive("standard deviation of demand", standardDeviation);
    }

    @Override
    public double variance() {
        return standardDeviation * standardDeviation;
    }

    @Override
    public double cdf(double x) {
        return StandardNormal.cdf(standardised(x));
    }

    @Override
    public double quantile(double p) {
        return mean + standardDeviation * StandardNormal.quantile(p);
    }

    @Override
    public double sample(RandomGenerator random) {
        return mean + standardDeviation * random.nextGaussian();
    }

    @Override
    public double loss(double x) {
        return standardDeviation * StandardNormal.loss(standardised(x));
    }

    /** Half the expected square of the units short, ½ E[((D − x)+)²]. */
    public double secondLoss(double x) {
        return variance() * StandardNormal.secondLoss(standardised(x));
    }

    private double standardised(double x) {
        return (x - mean) / standardDeviation;
    }
}
