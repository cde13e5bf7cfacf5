package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The newsvendor: one level of stock against one uncertain demand (Snyder and Shen, section 4.3). With demand over the lead time
 * plus one period it is also the optimal base-stock policy under periodic review (section 4.3.4).
 *
 * @param demand   demand to be covered
 * @param holding  cost per unit left over, above 0
 * @param shortage cost per unit short, above 0
 */
public record Newsvendor(DemandDistribution demand, double holding, double shortage) {

    /** Refuses costs of 0. */
    public Newsvendor {
        Require.positive("holding cost", holding);
        Require.positive("shortage cost", shortage);
    }

    /** The newsvendor who buys at a cost, sells for a revenue and gets the salvage value for what is left. */
    public static Newsvendor ofPrices(DemandDistribution demand, double revenue, double cost, double salvage) {
        return new Newsvendor(demand, cost - salvage, revenue - cost);
    }

    /** p / (h + p). */
    public double criticalRatio() {
        return shortage / (holding + shortage);
    }

    /** The best level: the smallest that covers demand with the critical ratio. */
    public double level() {
        return demand.quantile(criticalRatio());
    }

    /** Expected cost at a level. */
    public double cost(double level) {
        return costs(level).total();
    }

    /** Expected cost at a level, in its parts. */
    public CostRate costs(double level) {
        double shortUnits = demand.loss(level);
        return new CostRate(holding * (level - demand.mean() + shortUnits), shortage * shortUnits, 0);
    }
}
