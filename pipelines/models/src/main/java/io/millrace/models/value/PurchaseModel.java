package io.millrace.models.value;

import java.io.Serializable;
import java.util.Map;

/**
 * How customers buy until, unseen, they stop: at a rate of their own, in weeks, which a gamma distribution spreads over them.
 */
public sealed interface PurchaseModel extends Serializable permits BgNbd, ParetoNbd {

    /** As in {@code bg_nbd}. */
    String name();

    /** Its parameters by the names of the paper. */
    Map<String, Double> parameters();

    /** Logarithm of the likelihood of each history, without terms that are the same for every parameter and model. */
    double[] logLikelihoods(PurchaseHistories histories);

    /** The same of all customers together. */
    default double logLikelihood(PurchaseHistories histories) {
        double[] each = logLikelihoods(histories);
        double sum = 0;
        for (int i = 0; i < each.length; i++) {
            sum += histories.customers()[i] * each[i];
        }
        return sum;
    }

    /** Probability that the customer will still buy, 0 to 1. */
    double probabilityAlive(PurchaseHistory history);

    /** What the customer buys in the next {@code weeks}, more than 0. */
    PurchaseOutlook outlook(PurchaseHistory history, double weeks);
}
