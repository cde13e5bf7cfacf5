package io.millrace.nightly.simulate;

import io.millrace.decisions.replay.Money;
import io.millrace.decisions.replay.ReplayPolicy;
import java.time.LocalDate;

/**
 * An item under a policy.
 *
 * @param product    product code
 * @param site       site code
 * @param policy     the policy
 * @param since      date on which the item entered
 * @param unitCost   cost of a unit
 * @param cost       on the days that happened
 * @param modelPrice what the plan said that they would cost
 * @param demand     units asked for
 * @param missed     units of them that were not there
 * @param orders     orders placed
 * @param ordered    units ordered
 * @param startStock units on hand on the first date
 * @param endStock   units on hand at the end
 * @param endOnOrder units ordered and not received at the end
 * @param hasRule    whether the ERP had a rule of its own before Millrace
 * @param startKnown whether the stock of the start is that of the real shelf
 * @param seenDays   days on which the real shelf was seen
 * @param emptyDays  days on which it was empty: what was sold then is not all that was asked for
 * @param emptyUnits units sold on these days all the same
 */
public record ItemLine(
        String product,
        String site,
        ReplayPolicy policy,
        LocalDate since,
        double unitCost,
        Money cost,
        Money modelPrice,
        double demand,
        double missed,
        long orders,
        double ordered,
        double startStock,
        double endStock,
        double endOnOrder,
        boolean hasRule,
        boolean startKnown,
        long seenDays,
        long emptyDays,
        double emptyUnits) {}
