package io.millrace.nightly.simulate;

import io.millrace.decisions.replay.Money;
import io.millrace.decisions.replay.ReplayPolicy;

/**
 * A policy over all items.
 *
 * @param policy       the policy
 * @param cost         what it cost on the days that happened
 * @param modelPrice   what the plan said that these days would cost; nothing if it does not say
 * @param fillRate     share of demand served at once; 1 without demand
 * @param orders       orders placed
 * @param startValue   stock on hand at the start, at unit cost; of items that enter later, on their first date
 * @param endValue     stock on hand at the end, at unit cost
 * @param onOrderValue ordered and not received at the end, at unit cost
 * @param costs        cost of each period
 * @param stockValues  stock on hand at the end of each period, at unit cost
 */
@SuppressWarnings("ArrayRecordComponent")
public record PolicyTotals(
        ReplayPolicy policy,
        Money cost,
        Money modelPrice,
        double fillRate,
        long orders,
        double startValue,
        double endValue,
        double onOrderValue,
        double[] costs,
        double[] stockValues) {

    /** The same with what another said. */
    PolicyTotals withModelPrice(Money other) {
        return new PolicyTotals(
                policy, cost, other, fillRate, orders, startValue, endValue, onOrderValue, costs, stockValues);
    }
}
