package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.function.DoubleUnaryOperator;

/**
 * The (r, Q) policy under continuous review with normal demand over the lead time: its exact cost and optimum, and the
 * approximations in use (Snyder and Shen, chapter 5; Zheng, On Properties of Stochastic Inventory Systems, Management Science
 * 38, 1992).
 *
 * @param orderCost      per order, 0 or more
 * @param demandRate     units per period, above 0
 * @param leadTimeDemand demand over the lead time
 * @param holding        cost per unit on hand and period, above 0
 * @param shortage       cost per unit backordered and period, above 0
 */
public record NormalContinuousReview(
        double orderCost, double demandRate, NormalDemand leadTimeDemand, double holding, double shortage) {

    /** Of a bisection, a doubling or an iteration; each is done long before, or will never be. */
    private static final int MOST_STEPS = 200;

    /** Refuses negative costs, and a demand, holding or shortage cost of 0. */
    public NormalContinuousReview {
        Require.notNegative("order cost", orderCost);
        Require.positive("demand rate", demandRate);
        Require.positive("holding cost", holding);
        Require.positive("shortage cost", shortage);
    }

    private Newsvendor newsvendor() {
        return new Newsvendor(leadTimeDemand, holding, shortage);
    }

    /** Exact cost per period of reorder point r and lot Q &gt; 0. */
    public double cost(double r, double quantity) {
        return costs(r, quantity).total();
    }

    /** Exact cost per period in its parts. */
    public CostRate costs(double r, double quantity) {
        Require.positive("order quantity", quantity);
        double backorders = (leadTimeDemand.secondLoss(r) - leadTimeDemand.secondLoss(r + quantity)) / quantity;
        double netStock = r + quantity / 2 - leadTimeDemand.mean();
        return new CostRate(
                holding * (netStock + backorders), shortage * backorders, orderCost * demandRate / quantity);
    }

    /** The best reorder point for a given lot: where the newsvendor cost at r equals that at r + Q. */
    public double reorderPoint(double quantity) {
        Newsvendor newsvendor = newsvendor();
        double level = newsvendor.level();
        return bisect(level - quantity, level, r -> newsvendor.cost(r + quantity) - newsvendor.cost(r));
    }

    /**
     * The exact optimum: the cost at r(Q) is convex in Q, and at the best Q it equals the newsvendor cost at r. Refused where
     * orders are free: the best lot is then none, and the best level that of the {@link Newsvendor}.
     */
    public StockPolicy optimal() {
        Require.positive("order cost", orderCost);
        Newsvendor newsvendor = newsvendor();
        double low = economic().quantity() * 1e-3;
        double high = economic().quantity() + 4 * leadTimeDemand.standardDeviation();
        DoubleUnaryOperator excess = q -> {
            double r = reorderPoint(q);
            return newsvendor.cost(r) - cost(r, q);
        };
        for (int i = 0; i < MOST_STEPS && excess.applyAsDouble(high) < 0; i++) {
            high *= 2;
        }
        double quantity = bisect(low, high, excess);
        return policy(reorderPoint(quantity), quantity);
    }

    private BackorderedOrderQuantity economic() {
        return new BackorderedOrderQuantity(orderCost, demandRate, holding, shortage);
    }

    /** Lot of the EOQ with backorders, and the best reorder point for it. At most 1/8 above the optimum (Zheng 1992). */
    public StockPolicy eoqWithBackorders() {
        double quantity = economic().quantity();
        return policy(reorderPoint(quantity), quantity);
    }

    /** Lot of the EOQ, and a reorder point that covers the lead time with the critical ratio. */
    public StockPolicy eoqWithSafetyStock() {
        return policy(newsvendor().level(), new EconomicOrderQuantity(orderCost, demandRate, holding).quantity());
    }

    /** Hadley and Whitin's iteration on the loss functions, which ignores that a lot may not clear the backorders. */
    public StockPolicy lossFunction() {
        double quantity = new EconomicOrderQuantity(orderCost, demandRate, holding).quantity();
        double r = 0;
        double before = 0;
        for (int i = 0; i < MOST_STEPS && Math.abs(quantity - before) > 1e-11 * quantity; i++) {
            before = quantity;
            double shortUnits = holding * quantity / (holding + shortage);
            r = reorderPointOfLoss(shortUnits);
            double penalty = (holding + shortage) * leadTimeDemand.secondLoss(r);
            quantity = Math.sqrt(2 * (orderCost * demandRate + penalty) / holding);
        }
        return policy(r, quantity);
    }

    private double reorderPointOfLoss(double shortUnits) {
        double deviation = leadTimeDemand.standardDeviation();
        double low = leadTimeDemand.mean() - shortUnits - 10 * deviation;
        double high = leadTimeDemand.mean() + 10 * deviation;
        return bisect(low, high, r -> shortUnits - leadTimeDemand.loss(r));
    }

    /**
     * The expected-inventory-level approximation (Hadley and Whitin 1963; Snyder and Shen, section 5.3.1), in which
     * {@code shortage} is a cost per unit short, whatever the wait. Refused where stock is not worth holding at all, which is
     * where no service level between 0 and 1 balances the costs.
     */
    public StockPolicy expectedInventoryLevel() {
        double quantity = new EconomicOrderQuantity(orderCost, demandRate, holding).quantity();
        double r = 0;
        double before = 0;
        for (int i = 0; i < MOST_STEPS && Math.abs(quantity - before) > 1e-11 * quantity; i++) {
            before = quantity;
            double stockout = holding * quantity / (shortage * demandRate);
            Require.that(
                    stockout < 1,
                    "a unit short costs %s, less than holding the lot of %s for it; backorder everything or raise the cost",
                    shortage,
                    quantity);
            r = leadTimeDemand.quantile(1 - stockout);
            quantity = Math.sqrt(2 * demandRate * (orderCost + shortage * leadTimeDemand.loss(r)) / holding);
        }
        return policy(r, quantity);
    }

    /** Cost per period as that approximation sees it, with {@code shortage} per unit short. */
    public double expectedInventoryLevelCost(double r, double quantity) {
        double stock = r - leadTimeDemand.mean() + quantity / 2;
        double perOrder = orderCost + shortage * leadTimeDemand.loss(r);
        return holding * stock + perOrder * demandRate / quantity;
    }

    private static StockPolicy policy(double r, double quantity) {
        return new StockPolicy(r, r + quantity);
    }

    /** The root of a function that rises from below 0 to above it. */
    private static double bisect(double from, double to, DoubleUnaryOperator rising) {
        double low = from;
        double high = to;
        for (int i = 0; i < MOST_STEPS && high - low > 1e-13 * Math.max(1, Math.abs(high)); i++) {
            double middle = 0.5 * (low + high);
            if (rising.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
