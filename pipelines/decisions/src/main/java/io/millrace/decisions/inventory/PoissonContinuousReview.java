package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The (r, Q) policy under continuous review with Poisson demand, exact (Federgruen and Zheng, An Efficient Algorithm for
 * Computing an Optimal (r, Q) Policy, Operations Research 40, 1992; Snyder and Shen, section 5.5).
 */
public final class PoissonContinuousReview {

    /** Units that a search for the best lot looks at. */
    private static final int MOST_UNITS = 10_000_000;

    private final double orderCost;
    private final double demandRate;
    private final Newsvendor newsvendor;

    /**
     * Takes the model's parameters.
     *
     * @param orderCost  per order, 0 or more
     * @param demandRate units per period, above 0
     * @param leadTime   periods, 0 or more
     * @param holding    cost per unit on hand and period, above 0
     * @param shortage   cost per unit backordered and period, above 0
     */
    public PoissonContinuousReview(
            double orderCost, double demandRate, double leadTime, double holding, double shortage) {
        this.orderCost = Require.notNegative("order cost", orderCost);
        this.demandRate = Require.positive("demand rate", demandRate);
        double leadTimeMean = demandRate * Require.notNegative("lead time", leadTime);
        newsvendor = new Newsvendor(DiscreteDemand.poisson(leadTimeMean), holding, shortage);
    }

    /** Exact cost per period of reorder point r and lot Q ≥ 1. */
    public double cost(int r, int quantity) {
        return costs(r, quantity).total();
    }

    /** Exact cost per period in its parts: the position is uniform on r + 1, …, r + Q. */
    public CostRate costs(int r, int quantity) {
        Require.atLeast("order quantity", quantity, 1);
        double holding = 0;
        double shortage = 0;
        for (int position = r + 1; position <= r + quantity; position++) {
            CostRate costs = newsvendor.costs(position);
            holding += costs.holding();
            shortage += costs.shortage();
        }
        return new CostRate(holding / quantity, shortage / quantity, orderCost * demandRate / quantity);
    }

    /** The optimum: positions are added to the cheaper side as long as they lower the average. */
    public StockPolicy optimal() {
        int level = (int) newsvendor.level();
        int r = level - 1;
        int quantity = 1;
        double sum = orderCost * demandRate + newsvendor.cost(level);
        while (quantity < MOST_UNITS) {
            double below = newsvendor.cost(r);
            double above = newsvendor.cost(r + quantity + 1.0);
            if (Math.min(below, above) >= sum / quantity) {
                return new StockPolicy(r, r + quantity);
            }
            sum += Math.min(below, above);
            quantity++;
            r = below <= above ? r - 1 : r;
        }
        throw new IllegalArgumentException(
                "the best lot is above %d units; count demand and costs in larger units".formatted(MOST_UNITS));
    }
}
