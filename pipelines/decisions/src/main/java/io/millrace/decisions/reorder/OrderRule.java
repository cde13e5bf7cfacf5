package io.millrace.decisions.reorder;

import io.millrace.decisions.inventory.StockPolicy;

/**
 * A policy as it is carried out: the quantity for a position, in packs and not below the minimum. Tonight's order and every
 * simulated one come from here, for our policy and for the ERP's.
 *
 * @param reorderPoint order at a position at or below it
 * @param orderUpTo    level to fill to, unless there is a lot
 * @param fixedLot     quantity of an order, or 0 to fill up to the level
 * @param lot          what the supplier accepts
 */
public record OrderRule(double reorderPoint, double orderUpTo, double fixedLot, LotTerms lot) {

    /** The rule that carries out a policy. */
    public static OrderRule of(StockPolicy policy, LotTerms lot) {
        return new OrderRule(policy.reorderPoint(), policy.orderUpTo(), 0, lot);
    }

    /** The rule that the ERP carries out. The supplier's minimum and packs bind it as they bind ours. */
    public static OrderRule of(PresentRule rule, LotTerms lot) {
        double upTo = rule.orderUpTo().orElse(rule.reorderPoint());
        double fixedLot = rule.orderUpTo().isPresent() ? 0 : rule.lot().orElseThrow();
        return new OrderRule(rule.reorderPoint(), upTo, fixedLot, lot);
    }

    /** Units to order at a position; 0 above the reorder point, and at a position of NaN, which nobody knows. */
    public double quantity(double position) {
        if (!(position <= reorderPoint)) {
            return 0;
        }
        return lot.roundUp(fixedLot > 0 ? lots(position) * fixedLot : orderUpTo - position);
    }

    /** Units that fill up what is missing of the level at a position, due or not; 0 where nothing is missing. */
    double filling(double position) {
        double level = fixedLot > 0 ? reorderPoint + fixedLot : orderUpTo;
        if (!(position < level)) {
            return 0;
        }
        return lot.roundUp(fixedLot > 0 ? Math.max(1, lots(position)) * fixedLot : level - position);
    }

    /** How far a position is above the reorder point, as a share of what an order adds: 0 is due, 1 is full. */
    double slack(double position) {
        return (position - reorderPoint) / (fixedLot > 0 ? fixedLot : orderUpTo - reorderPoint);
    }

    private double lots(double position) {
        return Math.floor((reorderPoint - position) / fixedLot) + 1;
    }
}
