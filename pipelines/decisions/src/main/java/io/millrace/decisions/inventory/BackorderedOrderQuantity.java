package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The economic order quantity with planned backorders (Snyder and Shen, section 3.5).
 *
 * @param orderCost  per order, 0 or more
 * @param demandRate units per period, above 0
 * @param holding    cost per unit on hand and period, above 0
 * @param shortage   cost per unit backordered and period, above 0
 */
public record BackorderedOrderQuantity(double orderCost, double demandRate, double holding, double shortage) {

    /** Refuses negative costs and a demand, holding or shortage cost of 0. */
    public BackorderedOrderQuantity {
        Require.notNegative("order cost", orderCost);
        Require.positive("demand rate", demandRate);
        Require.positive("holding cost", holding);
        Require.positive("shortage cost", shortage);
    }

    /** Q* = √(2KD(h + p) / (hp)). */
    public double quantity() {
        return Math.sqrt(2 * orderCost * demandRate * (holding + shortage) / (holding * shortage));
    }

    /** Share of the demand that is backordered at the optimum, h / (h + p). */
    public double stockoutFraction() {
        return holding / (holding + shortage);
    }

    /** Cost per period at the optimum. */
    public double optimalCost() {
        return Math.sqrt(2 * orderCost * demandRate * holding * shortage / (holding + shortage));
    }

    /**
     * Cost per period when each lot arrives at a net stock of {@code lowest} (negative: backorders) and raises it by
     * {@code quantity}, above 0.
     */
    public CostRate costs(double lowest, double quantity) {
        Require.positive("order quantity", quantity);
        double highest = lowest + quantity;
        double onHand = square(Math.max(0, highest)) - square(Math.max(0, lowest));
        double behind = square(Math.max(0, -lowest)) - square(Math.max(0, -highest));
        return new CostRate(
                holding * onHand / (2 * quantity),
                shortage * behind / (2 * quantity),
                orderCost * demandRate / quantity);
    }

    private static double square(double x) {
        return x * x;
    }
}
