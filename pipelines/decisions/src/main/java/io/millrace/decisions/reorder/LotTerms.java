package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

/**
 * Quantities that the supplier accepts.
 *
 * @param minimum smallest order, units, 0 or more
 * @param pack    orders are multiples of this, units, above 0
 */
public record LotTerms(double minimum, double pack) {

    /** Keeps a multiple that was computed in floating point from counting as a hair more than itself. */
    private static final double SLACK = 1e-9;

    /** Refuses a negative minimum and a pack of 0. */
    public LotTerms {
        Require.notNegative("minimum order quantity", minimum);
        Require.positive("pack size", pack);
    }

    /** The smallest order of whole packs that reaches both the minimum and the quantity; 0 for a quantity of 0 or less. */
    public double roundUp(double quantity) {
        if (quantity <= 0) {
            return 0;
        }
        return Math.ceil(Math.max(quantity, minimum) / pack - SLACK) * pack;
    }
}
