package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * The power approximation of an (s, S) policy under periodic review: a regression on optimal policies that needs no more than
 * two moments of demand (Ehrhardt and Mosier, A Revision of the Power Approximation, Management Science 30, 1984; as in Snyder
 * and Shen, section 4.4.4, which leaves out the paper's cap on both levels for lots below 1.5 periods of demand).
 */
public final class PowerApproximation {

    private PowerApproximation() {}

    /**
     * The policy.
     *
     * @param mean      demand per period, above 0
     * @param deviation its standard deviation, above 0
     * @param leadTime  periods, 0 or more
     * @param orderCost per order, above 0
     * @param holding   cost per unit and period, above 0
     * @param shortage  cost per unit backordered and period, above 0
     */
    public static StockPolicy policy(
            double mean, double deviation, double leadTime, double orderCost, double holding, double shortage) {
        Require.positive("mean demand", mean);
        Require.positive("standard deviation of demand", deviation);
        Require.positive("order cost", orderCost);
        double cover = Require.notNegative("lead time", leadTime) + 1;
        double coverDeviation = deviation * Math.sqrt(cover);
        double noise = coverDeviation * coverDeviation / (mean * mean);
        double lot = 1.30 * Math.pow(mean, 0.494) * Math.pow(orderCost / holding, 0.506) * Math.pow(1 + noise, 0.116);
        double z = Math.sqrt(lot * holding / (coverDeviation * shortage));
        double s = 0.973 * cover * mean + coverDeviation * (0.183 / z + 1.063 - 2.192 * z);
        return new StockPolicy(s, s + lot);
    }
}
