package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The standard normal distribution: density, distribution function, quantile and loss functions, to about 14 digits, also in the
 * tails. Loss functions as in Snyder and Shen, Fundamentals of Supply Chain Theory, appendix C.
 */
public final class StandardNormal {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

    private StandardNormal() {}

    /** Density at z. */
    public static double pdf(double z) {
        return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
    }

    /** Probability of a value at or below z. */
    public static double cdf(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    /** Probability of a value above z, accurate also where it is tiny. */
    public static double survival(double z) {
        return NORMAL.survivalProbability(z);
    }

    /** The z with probability p at or below it, 0 &lt; p &lt; 1; the infinities at 0 and 1. */
    public static double quantile(double p) {
        return NORMAL.inverseCumulativeProbability(Require.between("probability", p, 0, 1));
    }

    /** First-order loss E[(Z − z)+]. */
    public static double loss(double z) {
        return z < 0 ? pdf(z) - z * survival(z) : Math.max(0, pdf(z) - z * survival(z));
    }

    /** Second-order loss ½ E[((Z − z)+)²]. */
    public static double secondLoss(double z) {
        return Math.max(0, 0.5 * ((z * z + 1) * survival(z) - z * pdf(z)));
    }
}
