package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The standard normal distribution: density, distribution function, quantile and loss functions, to about 14 digits.
 *
 * <p>The distribution function is Marsaglia's series (Evaluating the Normal Distribution, Journal of Statistical Software
 * 11(4), 2004) near the centre and Laplace's continued fraction in the tails, so that the tails keep their relative
 * accuracy. Loss functions as in Snyder and Shen, Fundamentals of Supply Chain Theory, appendix C.
 */
public final class StandardNormal {

    private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
    /** From here on the continued fraction needs few terms and the series would lose digits. */
    private static final double TAIL = 3;

    private StandardNormal() {}

    /** Density at z. */
    public static double pdf(double z) {
        return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
    }

    /** Probability of a value at or below z. */
    public static double cdf(double z) {
        if (z > TAIL) {
            return 1 - upperTail(z);
        }
        return z < -TAIL ? upperTail(-z) : 0.5 + centre(z);
    }

    /** Probability of a value above z, accurate also where it is tiny. */
    public static double survival(double z) {
        return cdf(-z);
    }

    private static double centre(double z) {
        double term = z;
        double sum = z;
        for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return sum * pdf(z);
    }

    private static double upperTail(double z) {
        if (z > 38.5) {
            return 0;
        }
        double fraction = z;
        for (int k = 120; k >= 1; k--) {
            fraction = z + k / fraction;
        }
        return pdf(z) / fraction;
    }

    /** The z with probability p at or below it, 0 &lt; p &lt; 1; the infinities at 0 and 1. */
    public static double quantile(double p) {
        Require.between("probability", p, 0, 1);
        if (p == 0 || p == 1) {
            return p == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return p > 0.5 ? -lowerQuantile(1 - p) : lowerQuantile(p);
    }

    /** Starts at Abramowitz and Stegun 26.2.23 (three digits) and polishes by Halley's method. */
    private static double lowerQuantile(double p) {
        double t = Math.sqrt(-2 * Math.log(p));
        double z =
                (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
        for (int i = 0; i < 3; i++) {
            double step = (cdf(z) - p) / pdf(z);
            z -= step / (1 + 0.5 * z * step);
        }
        return z;
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
