package io.millrace.decisions.replay;

/**
 * What became of an item under a policy.
 *
 * @param policy     the policy
 * @param cost       of all days
 * @param modelPrice what the plan said, date by date, that the days to the next one would cost; none if it does not say
 * @param demand     units asked for
 * @param missed     units of them that were not there
 * @param orders     orders placed
 * @param ordered    units ordered
 * @param endStock   units on hand after the last day
 * @param endOnOrder units ordered and not received by then
 * @param costs      cost of each period of the calendar
 * @param stocks     units on hand at the end of each period
 */
@SuppressWarnings("ArrayRecordComponent")
public record PolicyOutcome(
        ReplayPolicy policy,
        Money cost,
        Money modelPrice,
        double demand,
        double missed,
        long orders,
        double ordered,
        double endStock,
        double endOnOrder,
        double[] costs,
        double[] stocks) {}
