package io.millrace.decisions.reorder;

import java.util.Optional;

/**
 * What to do about one line, and the policy behind it.
 *
 * @param line          the line decided about
 * @param orderQuantity units to order tonight; 0 where nothing is due or the budget allows nothing
 * @param needByDays    days from tonight to the day on which the order should arrive: when available stock and receipts are
 *                      expected to run down to the safety stock, and not before the supplier can deliver
 * @param reorderPoint  order at a position at or below it, units
 * @param orderUpTo     level to fill to, units
 * @param safetyStock   reorder point less expected demand over the lead time, units; it also covers what is sold between
 *                      passing the reorder point and the next review
 * @param serviceLevel  probability of not running short in an order cycle that the reorder point was made for
 * @param shortageCost  cost per unit short that was used: the line's, or the one implied by the service level
 * @param priced        model price of this policy, a year
 * @param baseline      model price of the ERP's rule before Millrace, or of a moving-average rule where it had none, in the same
 *                      world
 * @param binding       what made the order another one than the policy alone would place; empty if nothing did
 * @param marginal      what one more unit would cost and save; empty where nobody counts the stock
 * @param reason        one sentence for the planner
 */
public record ReorderDecision(
        ReorderLine line,
        double orderQuantity,
        int needByDays,
        double reorderPoint,
        double orderUpTo,
        double safetyStock,
        double serviceLevel,
        double shortageCost,
        YearlyPrice priced,
        YearlyPrice baseline,
        Optional<Constraint> binding,
        Optional<Marginal> marginal,
        String reason) {

    /** Holding, shortage and ordering cost a year of this policy. */
    public double expectedCost() {
        return priced.total();
    }

    /** The same under the baseline, on the same demand and lead times. */
    public double baselineCost() {
        return baseline.total();
    }

    /** What the order costs at unit cost. */
    public double orderValue() {
        return orderQuantity * line.costs().unitCost();
    }
}
