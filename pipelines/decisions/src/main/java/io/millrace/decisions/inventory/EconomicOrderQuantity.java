package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The economic order quantity: constant known demand, nothing may run short (Harris, 1913; Snyder and Shen, Fundamentals of
 * Supply Chain Theory, 2nd edition, section 3.2).
 *
 * @param orderCost  per order, 0 or more
 * @param demandRate units per period, above 0
 * @param holding    cost per unit and period, above 0
 */
public record EconomicOrderQuantity(double orderCost, double demandRate, double holding) {

    /** Refuses negative costs and a demand or holding cost of 0. */
    public EconomicOrderQuantity {
        Require.notNegative("order cost", orderCost);
        Require.positive("demand rate", demandRate);
        Require.positive("holding cost", holding);
    }

    /** Q* = √(2KD/h). */
    public double quantity() {
        return Math.sqrt(2 * orderCost * demandRate / holding);
    }

    /** Cost per period with lots of this size, above 0. */
    public double cost(double quantity) {
        Require.positive("order quantity", quantity);
        return orderCost * demandRate / quantity + holding * quantity / 2;
    }

    /** Cost per period with the best lots. */
    public double optimalCost() {
        return Math.sqrt(2 * orderCost * demandRate * holding);
    }
}
