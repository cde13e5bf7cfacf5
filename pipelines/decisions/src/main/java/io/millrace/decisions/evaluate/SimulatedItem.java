package io.millrace.decisions.evaluate;

import io.millrace.decisions.StableHash;
import io.millrace.decisions.inventory.CostRate;
import io.millrace.decisions.inventory.DemandDistribution;
import io.millrace.decisions.inventory.DemandFit;
import io.millrace.decisions.inventory.StockPolicy;
import io.millrace.decisions.reorder.InventorySimulation;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.OrderRule;
import io.millrace.decisions.reorder.SimulatedWorld;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Prices an item that no exact model fits: the policy is the best of the (s, S) model with the same mean and variance, and its
 * cost is simulated over 100,000 periods, reviewed every period where review is continuous.
 */
final class SimulatedItem {

    private static final int PERIODS = 100_000;
    private static final LotTerms ANY_QUANTITY = new LotTerms(0, 1e-6);

    private SimulatedItem() {}

    static ItemModel model(InventoryItem item, long seed) {
        RandomGenerator random = StableHash.random(seed, item.item());
        int warmUp = (int) Math.max(1000, 10 * item.leadTime());
        DoubleSupplier units = units(item, random);
        double[] demand = new double[PERIODS + warmUp];
        int[] leadTimes = new int[demand.length];
        for (int period = 0; period < demand.length; period++) {
            demand[period] = units.getAsDouble();
            leadTimes[period] = (int) (item.leadTime() + random.nextDouble());
        }
        InventorySimulation.Tariff tariff =
                new InventorySimulation.Tariff(item.holding(), 0, item.shortage(), item.orderCost());
        InventorySimulation simulation = new InventorySimulation(
                new SimulatedWorld(demand, leadTimes, warmUp), Math.max(1, item.review()), tariff);
        return new ItemModel("simulation", false, policy(item), policy -> costs(simulation, policy));
    }

    private static StockPolicy policy(InventoryItem item) {
        return ItemModels.periodic(item).optimal();
    }

    private static CostRate costs(InventorySimulation simulation, StockPolicy policy) {
        InventorySimulation.Outcome outcome = simulation.run(OrderRule.of(policy, ANY_QUANTITY));
        return new CostRate(outcome.holding(), outcome.shortage(), outcome.ordering());
    }

    /** Demand of a period: one of those observed, or drawn from the fitted distribution where there are none. */
    private static DoubleSupplier units(InventoryItem item, RandomGenerator random) {
        if (item.history().isEmpty()) {
            DemandDistribution demand =
                    DemandFit.ofMoments(item.demandMean(), item.demandSd() * item.demandSd(), false);
            return () -> Math.max(0, demand.sample(random));
        }
        double[] seen = item.history().stream().mapToDouble(Double::doubleValue).toArray();
        return () -> seen[random.nextInt(seen.length)];
    }
}
