package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * A reorder-point policy: when the inventory position (on hand + on order − backorders) is at or below the reorder point, order
 * up to the order-up-to level.
 *
 * @param reorderPoint r or s, units; negative where backorders are planned
 * @param orderUpTo    r + Q or S, units, at least the reorder point
 */
public record StockPolicy(double reorderPoint, double orderUpTo) {

    /** Refuses an order-up-to level below the reorder point. */
    public StockPolicy {
        Require.finite("reorder point", reorderPoint);
        Require.finite("order-up-to level", orderUpTo);
        Require.that(
                orderUpTo >= reorderPoint,
                "order-up-to level %s lies below the reorder point %s; swap them or raise it",
                orderUpTo,
                reorderPoint);
    }

    /** Order-up-to level less reorder point: Q of an (r, Q) policy. */
    public double lot() {
        return orderUpTo - reorderPoint;
    }
}
