package io.millrace.decisions.inventory;

/**
 * Expected cost per period, in its three parts.
 *
 * @param holding  of stock on hand
 * @param shortage of units backordered
 * @param ordering of orders placed
 */
public record CostRate(double holding, double shortage, double ordering) {

    /** The sum of the three. */
    public double total() {
        return holding + shortage + ordering;
    }
}
