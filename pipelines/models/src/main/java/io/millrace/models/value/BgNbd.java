package io.millrace.models.value;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Customers buy at a rate of their own and stop after a purchase with a probability of their own (Fader, Hardie and Lee, "Counting
 * your customers the easy way", 2005). Rates are gamma distributed over customers, the probabilities of stopping beta distributed.
 * In the modified form the first purchase too can be the last (Batislam, Denizel and Filiztekin, 2007); in the first form
 * whoever bought once only is there for certain.
 *
 * <p>Future purchases are summed up as probabilities of at least n of them: the n-th comes if the customer is still there, n - 1
 * purchases did not end it, and the Poisson process has n. This has none of the poles that the formula with the hypergeometric
 * function has at a = 1, and gives the distribution as well as the mean.
 *
 * @param r          shape of the rates, above 0
 * @param alpha      scale of the rates in weeks, above 0; the mean rate is {@code r / alpha}
 * @param a          of the probability of stopping, above 0
 * @param b          of the probability of stopping, above 0; the mean probability is {@code a / (a + b)}
 * @param isModified whether the first purchase can be the last
 */
public record BgNbd(double r, double alpha, double a, double b, boolean isModified) implements PurchaseModel {

    /** Tails below this add nothing that could be seen. */
    private static final double NEGLIGIBLE = 1e-12;

    private static final int MOST_TERMS = 100_000;

    public BgNbd {
        MaximumLikelihood.requirePositive(r, alpha, a, b);
    }

    @Override
    public String name() {
        return isModified ? "mbg_nbd" : "bg_nbd";
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("r", r);
        all.put("alpha", alpha);
        all.put("a", a);
        all.put("b", b);
        return all;
    }

    /** The parameters of the greatest likelihood. */
    static BgNbd fit(PurchaseHistories histories, boolean isModified) {
        double[] best = MaximumLikelihood.of(
                new double[] {1, 10, 0.5, 2},
                x -> new BgNbd(x[0], x[1], x[2], x[3], isModified).logLikelihood(histories));
        return new BgNbd(best[0], best[1], best[2], best[3], isModified);
    }

    @Override
    public double[] logLikelihoods(PurchaseHistories h) {
        double[] rate = PurchaseHistories.logRising(r, h.most());
        double[] stays = PurchaseHistories.logRising(b, h.most() + 1);
        double[] chances = PurchaseHistories.logRising(a + b, h.most() + 1);
        double logAlpha = Math.log(alpha);
        double[] each = new double[h.size()];
        for (int i = 0; i < each.length; i++) {
            int x = h.repeats()[i];
            int k = chances(x);
            double there = rate[x] + stays[k] - chances[k] + r * logAlpha - (r + x) * Math.log(alpha + h.age()[i]);
            each[i] = there - logAlive(x, h.last()[i], h.age()[i]);
        }
        return each;
    }

    /** How often a customer could have stopped. */
    private int chances(int repeats) {
        return isModified ? repeats + 1 : repeats;
    }

    /** Logarithm of the probability of being there still. */
    private double logAlive(int x, double last, double age) {
        int k = chances(x);
        if (k == 0) {
            return 0;
        }
        double logGoneToThere = Math.log(a / (b + k - 1)) + (r + x) * Math.log((alpha + age) / (alpha + last));
        return logGoneToThere > 0
                ? -logGoneToThere - Math.log1p(Math.exp(-logGoneToThere))
                : -Math.log1p(Math.exp(logGoneToThere));
    }

    @Override
    public double probabilityAlive(PurchaseHistory h) {
        return Math.exp(logAlive(h.repeats(), h.last(), h.age()));
    }

    @Override
    public PurchaseOutlook outlook(PurchaseHistory h, double weeks) {
        double alive = probabilityAlive(h);
        CountTail tail = new CountTail(r + h.repeats(), weeks / (alpha + h.age()));
        double stays = b + chances(h.repeats());
        double notEnded = alive;
        double any = 0;
        double expected = 0;
        int median = 0;
        for (int n = 1; n <= MOST_TERMS; n++) {
            double atLeast = notEnded * tail.next();
            expected += atLeast;
            any = n == 1 ? atLeast : any;
            median = atLeast > 0.5 ? n : median;
            if (atLeast < NEGLIGIBLE) {
                break;
            }
            notEnded *= (stays + n - 1) / (a + stays + n - 1);
        }
        return new PurchaseOutlook(alive, any, expected, median);
    }
}
