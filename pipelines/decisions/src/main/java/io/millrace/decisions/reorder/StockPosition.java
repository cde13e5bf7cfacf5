package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

/**
 * What there is of a product at a site, in units.
 *
 * @param onHand   in the house; negative where the ERP books ahead of receipts
 * @param reserved promised to customers and still in the house
 * @param incoming ordered from suppliers and not yet received
 */
public record StockPosition(double onHand, double reserved, double incoming) {

    /** Refuses negative reservations and receipts. */
    public StockPosition {
        Require.finite("on hand", onHand);
        Require.notNegative("reserved", reserved);
        Require.notNegative("incoming", incoming);
    }

    /** Units free to sell: on hand less reserved; negative when customers wait. */
    public double available() {
        return onHand - reserved;
    }

    /** The inventory position that a reorder point is compared with: available plus incoming. */
    public double position() {
        return available() + incoming;
    }
}
