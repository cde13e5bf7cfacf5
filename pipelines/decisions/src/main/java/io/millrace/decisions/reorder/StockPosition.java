package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

/**
 * What there is of a product at a site, in units.
 *
 * @param onHand   in the house; negative where the ERP books ahead of receipts
 * @param reserved promised to customers and still in the house
 * @param incoming ordered from suppliers and not yet received
 * @param isKnown  false if nobody counts the site's stock; then nothing is ordered, and the quantities are 0
 */
public record StockPosition(double onHand, double reserved, double incoming, boolean isKnown) {

    /** Of a site whose stock nobody tells. */
    public static final StockPosition UNKNOWN = new StockPosition(0, 0, 0, false);

    /** Refuses negative reservations and receipts. */
    public StockPosition {
        Require.finite("on hand", onHand);
        Require.notNegative("reserved", reserved);
        Require.notNegative("incoming", incoming);
    }

    /** A stock that is known. */
    public StockPosition(double onHand, double reserved, double incoming) {
        this(onHand, reserved, incoming, true);
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
