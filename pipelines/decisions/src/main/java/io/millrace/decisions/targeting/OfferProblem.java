package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;

/**
 * Offers to choose from, at most one a customer, under a budget and capacities: a multiple-choice knapsack. A customer who must not be
 * contacted has no offers.
 *
 * @param first    place of each customer's first offer, ascending, and behind them the number of offers
 * @param value    what an offer is expected to bring, its cost deducted
 * @param cost     of an offer, 0 or more
 * @param channel  of an offer, 0 to below the number of capacities
 * @param budget   most that all offers may cost, 0 or more
 * @param capacity most offers of each channel, 0 or more; positive infinity for as many as one likes
 */
@SuppressWarnings("ArrayRecordComponent")
public record OfferProblem(
        int[] first, double[] value, double[] cost, int[] channel, double budget, double[] capacity) {

    /** Refuses arrays that do not fit together, negative costs and unknown channels. */
    public OfferProblem {
        Require.that(
                first.length > 0
                        && first[0] == 0
                        && first[first.length - 1] == value.length
                        && cost.length == value.length
                        && channel.length == value.length,
                "there are %d values, %d costs and %d channels; give one each an offer, and the place of each customer's first offer",
                value.length,
                cost.length,
                channel.length);
        for (int i = 1; i < first.length; i++) {
            Require.that(first[i - 1] <= first[i], "the offers of customer %d end before they begin", i - 1);
        }
        for (int j = 0; j < value.length; j++) {
            Require.finite("value of an offer", value[j]);
            Require.notNegative("cost of an offer", cost[j]);
            Require.that(
                    channel[j] >= 0 && channel[j] < capacity.length,
                    "channel %d of an offer is none of %d",
                    channel[j],
                    capacity.length);
        }
        Require.notNegative("budget", budget);
        for (double most : capacity) {
            Require.that(most >= 0, "a capacity is %s; it must be 0 or more", most);
        }
    }

    /** Number of customers. */
    public int customers() {
        return first.length - 1;
    }
}
