package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.OptionalDouble;

/**
 * What a line costs, in one currency.
 *
 * @param unitCost     purchase price of a unit, 0 or more
 * @param orderCost    of placing and receiving an order, 0 or more
 * @param holdingRate  yearly cost of holding stock as a share of its value: 0.2 is 20 % a year
 * @param shortageCost of a unit that is not there when asked for, once, above 0; empty when nobody knows, and then the one
 *                     that the service level implies is used
 */
public record LineCosts(double unitCost, double orderCost, double holdingRate, OptionalDouble shortageCost) {

    /** Refuses negative costs. */
    public LineCosts {
        Require.notNegative("unit cost", unitCost);
        Require.notNegative("order cost", orderCost);
        Require.notNegative("holding rate", holdingRate);
        shortageCost.ifPresent(cost -> Require.positive("shortage cost", cost));
    }

    /** Cost of holding one unit for a year. */
    public double holdingPerYear() {
        return unitCost * holdingRate;
    }
}
