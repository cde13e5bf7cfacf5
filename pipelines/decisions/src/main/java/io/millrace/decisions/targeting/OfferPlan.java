package io.millrace.decisions.targeting;

/**
 * Which offer each customer gets.
 *
 * @param chosen        place of the offer, one a customer; {@link #NONE} for nobody's
 * @param value         of all chosen offers
 * @param cost          of all chosen offers
 * @param bound         no choice has a higher value
 * @param budgetPrice   value that one more unit of budget would bring, about
 * @param channelPrices value that one more offer of a channel would bring, about
 */
@SuppressWarnings("ArrayRecordComponent")
public record OfferPlan(
        int[] chosen, double value, double cost, double bound, double budgetPrice, double[] channelPrices) {

    /** No offer. */
    public static final int NONE = -1;

    /** How far the value is from the best one at most, as a share of the bound: 0 for a plan that is proved to be the best. */
    public double gap() {
        return bound > 0 ? Math.max(0, bound - value) / bound : 0;
    }
}
