package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

/**
 * Day-by-day simulation of an order rule. Each day: review when it is due, receive, serve demand, pay for the stock that is
 * left. Demand that finds no stock waits, and is served first, or is lost. This is the sequence of events of the
 * periodic-review models in {@link io.millrace.decisions.inventory}, so simulated and exact costs agree.
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

    /** Takes down each day at its end. */
    @FunctionalInterface
    public interface Daybook {

        /**
         * One day.
         *
         * @param day     of the world, from 0
         * @param demand  units asked for
         * @param missed  units of them that were not there
         * @param net     units on hand, or, below 0, owed
         * @param onOrder units ordered and not received
         * @param ordered units ordered on this day
         */
        void close(int day, double demand, double missed, double net, double onOrder, double ordered);
    }

    private final SimulatedWorld world;
    private final int reviewDays;
    private final Tariff tariff;
    private final UnmetDemand unmet;

    /** Takes a world, the days between reviews, at least 1, and what is charged; unmet demand waits. */
    public InventorySimulation(SimulatedWorld world, int reviewDays, Tariff tariff) {
        this(world, reviewDays, tariff, UnmetDemand.BACKORDER);
    }

    /** The same with a choice of what becomes of unmet demand. */
    public InventorySimulation(SimulatedWorld world, int reviewDays, Tariff tariff, UnmetDemand unmet) {
        this.world = world;
        this.reviewDays = Require.atLeast("review days", reviewDays, 1);
        this.tariff = tariff;
        this.unmet = unmet;
    }

    /** Lives through the world with a rule, from an empty shelf; its warm-up days carry it into its steady state. */
    public Outcome run(OrderRule rule) {
        Sums sums = new Sums(world.warmUpDays());
        live(0, (day, position) -> day % reviewDays == 0 ? rule.quantity(position) : 0, sums);
        return sums.outcome(tariff, world.days() - world.warmUpDays());
    }

    /** Lives through all days of the world from a stock on hand, and takes down each. */
    public void live(double stock, OrderPolicy policy, Daybook book) {
        Shelf shelf = new Shelf(world, unmet, stock);
        for (int day = 0; day < world.days(); day++) {
            double quantity = policy.quantity(day, shelf.position());
            shelf.live(day, quantity);
            book.close(day, world.demand(day), shelf.missed(), shelf.net(), shelf.onOrder(), quantity);
        }
    }

    /** What the days after a warm-up come to. */
    static final class Sums implements Daybook {
        private final int from;
        private double demand;
        private double onHand;
        private double owed;
        private double missed;
        private long orders;

        Sums(int from) {
            this.from = from;
        }

        @Override
        public void close(int day, double asked, double notThere, double net, double onOrder, double ordered) {
            if (day < from) {
                return;
            }
            demand += asked;
            missed += notThere;
            onHand += Math.max(0, net);
            owed += Math.max(0, -net);
            orders += ordered > 0 ? 1 : 0;
        }

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
