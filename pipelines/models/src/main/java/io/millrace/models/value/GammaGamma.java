package io.millrace.models.value;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Gamma;

/**
 * What a customer spends at a time (Fader and Hardie, "The gamma-gamma model of monetary value", 2013): amounts are gamma distributed about a
 * mean of the customer's own, and these means are spread over customers by another gamma distribution. The fewer purchases are known, the
 * nearer is what is expected to the mean of all. How often somebody buys says nothing about it.
 *
 * @param p     shape of a customer's amounts, above 0
 * @param q     shape of the spread over customers, above 1, so that there is a mean
 * @param gamma scale of the spread over customers, in currency, 0 or more
 */
public record GammaGamma(double p, double q, double gamma) implements Serializable {

    /** So little do amounts of customers tell about them that each counts as the mean of all. */
    private static final double ALL_THE_SAME = 1e9;

    /**
     * What is known of a customer's amounts.
     *
     * @param purchases how many, 1 or more
     * @param mean      of them, above 0
     */
    public record Spent(int purchases, double mean) {}

    public GammaGamma {
        MaximumLikelihood.requirePositive(p, q - 1);
        if (!(gamma >= 0) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException("gamma has to be 0 or more and finite, and is " + gamma);
        }
    }

    /** Where amounts cannot be told apart by customer: everybody spends the mean. */
    static GammaGamma ofMean(double mean) {
        return new GammaGamma(1, 1 + ALL_THE_SAME, mean * ALL_THE_SAME);
    }

    /** The parameters of the greatest likelihood, from at least one customer. */
    static GammaGamma fit(List<Spent> customers) {
        int[] counts = customers.stream().mapToInt(Spent::purchases).toArray();
        double[] means = customers.stream().mapToDouble(Spent::mean).toArray();
        double middle = Arrays.stream(means).average().orElseThrow();
        // In units of the mean, so that the limits of parameters do not depend on the currency.
        double[] scaled = Arrays.stream(means).map(mean -> mean / middle).toArray();
        double[] best = MaximumLikelihood.of(
                new double[] {2, 2, 1}, x -> new GammaGamma(x[0], 1 + x[1], x[2]).logLikelihood(counts, scaled));
        return new GammaGamma(best[0], 1 + best[1], best[2] * middle);
    }

    /** By the names of the paper. */
    public Map<String, Double> parameters() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("p", p);
        all.put("q", q);
        all.put("gamma", gamma);
        return all;
    }

    /** Logarithm of the likelihood of mean amounts above 0, each of so many purchases. */
    double logLikelihood(int[] counts, double[] means) {
        double same = -Gamma.logGamma(q) + q * Math.log(gamma);
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double px = p * counts[i];
            sum += Gamma.logGamma(px + q)
                    - Gamma.logGamma(px)
                    + same
                    + (px - 1) * Math.log(means[i])
                    + px * Math.log(counts[i])
                    - (px + q) * Math.log(gamma + counts[i] * means[i]);
        }
        return sum;
    }

    /** The mean amount of a customer's next purchase, with {@code purchases} known whose mean is {@code mean}; of none, that of all. */
    public double expected(int purchases, double mean) {
        double known = purchases * p;
        return (p * gamma + known * mean) / (known + q - 1);
    }
}
