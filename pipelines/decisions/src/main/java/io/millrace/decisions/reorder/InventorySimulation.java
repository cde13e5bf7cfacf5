package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

/**
 * Day-by-day simulation of an order rule. Each day: review when it is due, receive, serve demand, pay for the stock that is
 * left. Demand that finds no stock waits (backorders), and earlier orders are served first. This is the sequence of events of
 * the periodic-review models in {@link io.millrace.decisions.inventory}, so simulated and exact costs agree.
 *
 * <p>The shelf is empty at the start; the world's warm-up days carry it into its steady state.
 */
public final class InventorySimulation {

    /**
     * What is charged.
     *
     * @param holding   per unit on hand at the end of a day
     * @param shortage  per unit that was not there when asked for, once
     * @param backorder per unit still owed at the end of a day
     * @param order     per order placed
     */
    public record Tariff(double holding, double shortage, double backorder, double order) {

        /** Refuses negative costs. */
        public Tariff {
            Require.notNegative("holding cost", holding);
            Require.notNegative("shortage cost", shortage);
            Require.notNegative("backorder cost", backorder);
            Require.notNegative("order cost", order);
        }
    }

    /**
     * What a policy cost, a day on average.
     *
     * @param holding      cost of stock on hand
     * @param shortage     cost of units short and owed
     * @param ordering     cost of orders
     * @param fillRate     share of demand served at once; 1 without demand
     * @param averageStock units on hand at the end of a day
     * @param orders       orders placed
     */
    public record Outcome(
            double holding, double shortage, double ordering, double fillRate, double averageStock, double orders) {

        /** Holding, shortage and ordering cost a day. */
        public double total() {
            return holding + shortage + ordering;
        }
    }

    private final SimulatedWorld world;
    private final int reviewDays;
    private final Tariff tariff;

    /** Takes a world, the days between reviews, at least 1, and what is charged. */
    public InventorySimulation(SimulatedWorld world, int reviewDays, Tariff tariff) {
        this.world = world;
        this.reviewDays = Require.atLeast("review days", reviewDays, 1);
        this.tariff = tariff;
    }

    /** Lives through the world with a rule. */
    public Outcome run(OrderRule rule) {
        double[] due = new double[world.longestLeadTime() + 1];
        double net = 0;
        double onOrder = 0;
        int untilReview = 0;
        int slot = 0;
        Sums sums = new Sums();
        for (int day = 0; day < world.days(); day++) {
            if (day == world.warmUpDays()) {
                sums = new Sums();
            }
            if (untilReview-- == 0) {
                untilReview = reviewDays - 1;
                double quantity = rule.quantity(net + onOrder);
                if (quantity > 0) {
                    int arrival = slot + world.leadTime(day);
                    due[arrival < due.length ? arrival : arrival - due.length] += quantity;
                    onOrder += quantity;
                    sums.orders++;
                }
            }
            double received = due[slot];
            due[slot] = 0;
            slot = slot + 1 == due.length ? 0 : slot + 1;
            onOrder -= received;
            double before = net + received;
            double demand = world.demand(day);
            net = before - demand;
            sums.demand += demand;
            if (net >= 0) {
                sums.onHand += net;
            } else {
                sums.owed -= net;
                sums.missed += Math.min(demand, -net);
            }
        }
        return sums.outcome(tariff, world.days() - world.warmUpDays());
    }

    private static final class Sums {
        private double demand;
        private double onHand;
        private double owed;
        private double missed;
        private long orders;

        Outcome outcome(Tariff tariff, int days) {
            double shortage = tariff.shortage() * missed + tariff.backorder() * owed;
            return new Outcome(
                    tariff.holding() * onHand / days,
                    shortage / days,
                    tariff.order() * orders / days,
                    demand > 0 ? 1 - missed / demand : 1,
                    onHand / days,
                    (double) orders / days);
        }
    }
}
