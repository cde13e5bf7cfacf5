package io.millrace.models.value;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Customers buy at a rate of their own and stop at any moment, at a rate of their own (Schmittlein, Morrison and Colombo, "Counting your
 * customers", 1987). Both rates are gamma distributed over customers.
 *
 * <p>The likelihood of having stopped is an integral over the moment of stopping. The papers write it as a difference of two hypergeometric
 * functions, which cancel where a customer bought lately; here it is integrated.
 *
 * @param r     shape of the rates of buying, above 0
 * @param alpha scale of the rates of buying in weeks, above 0
 * @param s     shape of the rates of stopping, above 0
 * @param beta  scale of the rates of stopping in weeks, above 0
 */
public record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {

    private static final int MOST_TERMS = 100_000;

    public ParetoNbd {
        MaximumLikelihood.requirePositive(r, alpha, s, beta);
    }

    @Override
    public String name() {
        return "pareto_nbd";
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("r", r);
        all.put("alpha", alpha);
        all.put("s", s);
        all.put("beta", beta);
        return all;
    }

    /** The parameters of the greatest likelihood. */
    static ParetoNbd fit(PurchaseHistories histories) {
        double[] best = MaximumLikelihood.of(
                new double[] {1, 10, 0.5, 10}, x -> new ParetoNbd(x[0], x[1], x[2], x[3]).logLikelihood(histories));
        return new ParetoNbd(best[0], best[1], best[2], best[3]);
    }

    @Override
    public double[] logLikelihoods(PurchaseHistories h) {
        double[] rate = PurchaseHistories.logRising(r, h.most());
        double same = r * Math.log(alpha) + s * Math.log(beta);
        double[] each = new double[h.size()];
        for (int i = 0; i < each.length; i++) {
            int x = h.repeats()[i];
            double there = there(x, h.age()[i]);
            double gone = gone(x, h.last()[i], h.age()[i]);
            double most = Math.max(there, gone);
            each[i] = rate[x] + same + most + Math.log(Math.exp(there - most) + Math.exp(gone - most));
        }
        return each;
    }

    /** Logarithm of the likelihood of being there still, less what it has in common with {@link #gone}. */
    private double there(int x, double age) {
        return -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
    }

    /**
     * Logarithm of s ∫ (α + y)^-(r + x) (β + y)^-(s + 1) dy from the last purchase to now, over v = ln((c + y) / (c + last)) with c the
     * lesser of α and β. Whatever the parameters, the integrand is smooth in v, and falls the faster from its beginning the more purchases there were.
     */
    private double gone(int x, double last, double age) {
        boolean isAlphaLess = alpha < beta;
        double c = isAlphaLess ? alpha : beta;
        double other = isAlphaLess ? beta : alpha;
        double power = isAlphaLess ? r + x : s + 1;
        double otherPower = isAlphaLess ? s + 1 : r + x;
        double width = Math.log((c + age) / (c + last));
        double sum = 0;
        for (int i = 0; i < DoubleExponential.NODES; i++) {
            double v = width * DoubleExponential.PLACE[i];
            double beyond = Math.log1p((c + last) * Math.expm1(v) / (other + last));
            sum += DoubleExponential.WEIGHT[i] * Math.exp((1 - power) * v - otherPower * beyond);
        }
        return Math.log(s * width * sum) + (1 - power) * Math.log(c + last) - otherPower * Math.log(other + last);
    }

    @Override
    public double probabilityAlive(PurchaseHistory h) {
        return 1 / (1 + Math.exp(gone(h.repeats(), h.last(), h.age()) - there(h.repeats(), h.age())));
    }

    @Override
    public PurchaseOutlook outlook(PurchaseHistory h, double weeks) {
        double alive = probabilityAlive(h);
        double scale = beta + h.age();
        double stays = Math.log(scale / (scale + weeks));
        double time = Math.abs(s - 1) < 1e-9 ? -stays : -Math.expm1((s - 1) * stays) / (s - 1);
        double expected = alive * (r + h.repeats()) / (alpha + h.age()) * scale * time;

        double staysAll = Math.exp(s * stays);
        CountTail[] tails = new CountTail[DoubleExponential.NODES + 1];
        tails[DoubleExponential.NODES] = tail(h, weeks);
        for (int i = 0; i < DoubleExponential.NODES; i++) {
            // The customer stops at the moment until which so many would stay.
            double until = staysAll + (1 - staysAll) * DoubleExponential.PLACE[i];
            tails[i] = tail(h, Math.min(weeks, scale * Math.expm1(-Math.log(until) / s)));
        }
        double any = 0;
        int median = 0;
        for (int n = 1; n <= MOST_TERMS; n++) {
            double atLeast = staysAll * tails[DoubleExponential.NODES].next();
            for (int i = 0; i < DoubleExponential.NODES; i++) {
                atLeast += (1 - staysAll) * DoubleExponential.WEIGHT[i] * tails[i].next();
            }
            any = n == 1 ? alive * atLeast : any;
            if (!(alive * atLeast > 0.5)) {
                break;
            }
            median = n;
        }
        return new PurchaseOutlook(alive, any, expected, median);
    }

    private CountTail tail(PurchaseHistory h, double weeks) {
        return new CountTail(r + h.repeats(), weeks / (alpha + h.age()));
    }
}
