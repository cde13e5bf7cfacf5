package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.io.Serializable;

/**
 * Quantities that the supplier accepts.
 *
 * @param minimum smallest order, units, 0 or more
 * @param pack    orders are multiples of this, units, above 0
 * @param step    smallest quantity in which the product's unit is kept, units: 1 for pieces, 0.01 for kilograms; 0 where nobody
 *                tells
 */
public record LotTerms(double minimum, double pack, double step) implements Serializable {

    /** Keeps a multiple that was computed in floating point from counting as a hair more than itself. */
    private static final double SLACK = 1e-9;

    /** Refuses a negative minimum and a pack of 0. */
    public LotTerms {
        Require.notNegative("minimum order quantity", minimum);
        Require.positive("pack size", pack);
        Require.notNegative("rounding of the unit", step);
    }

    /** Terms for a unit of which nobody tells how it is kept. */
    public LotTerms(double minimum, double pack) {
        this(minimum, pack, 0);
    }

    /** Whether the unit is kept in fractions. */
    public boolean isDivisible() {
        return step > 0 && step != Math.rint(step);
    }

    /** A level that stock can be kept at, rounded up: to the unit's step, or as it is where nobody tells one. */
    public double level(double quantity) {
        return step > 0 ? steps(quantity / step) * step : quantity;
    }

    /** The smallest number of whole packs that hold a quantity. */
    public double packs(double quantity) {
        return steps(quantity / pack) * pack;
    }

    private static double steps(double steps) {
        return Math.ceil(steps - SLACK);
    }

    /** The smallest order of whole packs that reaches both the minimum and the quantity; 0 for a quantity of 0 or less. */
    public double roundUp(double quantity) {
        if (quantity <= 0) {
            return 0;
        }
        return packs(Math.max(quantity, minimum));
    }
}
