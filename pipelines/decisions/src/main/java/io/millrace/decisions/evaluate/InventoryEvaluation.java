package io.millrace.decisions.evaluate;

import io.millrace.decisions.inventory.CostRate;
import io.millrace.decisions.inventory.EconomicOrderQuantity;
import io.millrace.decisions.inventory.StandardNormal;
import io.millrace.decisions.inventory.StockPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code evaluate inventory}: the best policy of each item and its expected cost per period, beside what simpler rules cost in the
 * same model.
 *
 * <p><b>Units.</b> A period is whatever the rates are given in, a day in a nightly business. {@code holding} is charged per unit
 * on hand and period, {@code shortage} per unit backordered and period, {@code order_cost} per order; under periodic review stock
 * is charged at the end of each period, and an order of a review arrives {@code lead_time} periods later, before that period's
 * demand. The purchase price is no part of the cost, because every policy buys the same.
 *
 * <p><b>Models.</b> Known demand, or stock that arrives at once under continuous review: the EOQ, with planned backorders where a
 * shortage has a cost. Continuous review ({@code review} 0): exact (r, Q) for Poisson or normal lead-time demand. Periodic review:
 * base stock where orders are free, else exact (s, S) for Poisson, binomial, negative binomial, rounded normal or empirical
 * demand. A simulation of 100,000 periods where none of these holds: continuous review with a history or with lead-time demand
 * too variable for the normal distribution, fractional demand or lead times with a history.
 *
 * <p><b>Baselines.</b> {@code eoq_normal_safety_stock}: EOQ lots, and a reorder point of mean demand over lead time and review plus
 * normal safety stock at the critical ratio. {@code min_max}: the rule given, over the items that have one.
 */
public final class InventoryEvaluation {

    private static final double NANOS = 1e9;

    private final long seed;

    /** Takes the seed of the simulations. */
    public InventoryEvaluation(long seed) {
        this.seed = seed;
    }

    /**
     * One item's part of the result.
     *
     * @param item    its name
     * @param model   the model that priced it
     * @param exact   whether costs were computed, not simulated
     * @param policy  the best policy
     * @param costs   its cost per period
     * @param classic cost per period of EOQ lots with normal safety stock
     * @param minMax  cost per period of the rule given
     */
    public record ItemResult(
            String item,
            String model,
            boolean exact,
            StockPolicy policy,
            CostRate costs,
            CostRate classic,
            Optional<CostRate> minMax) {}

    /**
     * The result in the shape that all evaluations share.
     *
     * @param task      inventory
     * @param data      name of the data set
     * @param metrics   sums over the items, per period
     * @param baselines the same for each baseline
     * @param rows      number of items
     * @param seconds   time taken
     * @param seed      of the simulations
     * @param items     one result for each item
     */
    public record Result(
            String task,
            String data,
            Map<String, Double> metrics,
            Map<String, Map<String, Double>> baselines,
            int rows,
            double seconds,
            long seed,
            List<ItemResult> items) {}

    /** Evaluates items of a data set; the name is only passed on. @throws IllegalArgumentException that names the item */
    public Result evaluate(String data, List<InventoryItem> items) {
        long start = System.nanoTime();
        List<ItemResult> results = new ArrayList<>();
        for (InventoryItem item : items) {
            try {
                results.add(evaluate(item));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("item " + item.item() + ": " + e.getMessage(), e);
            }
        }
        Map<String, Double> metrics =
                costs(results.stream().map(ItemResult::costs).toList());
        metrics.put(
                "purchase_cost",
                items.stream().mapToDouble(i -> i.unitCost() * i.demandMean()).sum());
        metrics.put("items", (double) items.size());
        metrics.put("exact_items", (double)
                results.stream().filter(ItemResult::exact).count());
        double seconds = (System.nanoTime() - start) / NANOS;
        return new Result("inventory", data, metrics, baselines(results), items.size(), seconds, seed, results);
    }

    private ItemResult evaluate(InventoryItem item) {
        ItemModel model = ItemModels.of(item, seed);
        return new ItemResult(
                item.item(),
                model.name(),
                model.exact(),
                model.optimal(),
                model.costs().apply(model.optimal()),
                model.costs().apply(classic(item)),
                item.present().map(model.costs()));
    }

    private static StockPolicy classic(InventoryItem item) {
        double cover = item.leadTime() + (item.demandSd() > 0 || item.review() > 1 ? item.review() : 0);
        double safety = item.demandSd() > 0 && cover > 0
                ? StandardNormal.quantile(item.shortage() / (item.holding() + item.shortage()))
                        * item.demandSd()
                        * Math.sqrt(cover)
                : 0;
        double point = item.demandMean() * cover + safety;
        double lot = new EconomicOrderQuantity(item.orderCost(), item.demandMean(), item.holding()).quantity();
        return new StockPolicy(point, point + lot);
    }

    private static Map<String, Map<String, Double>> baselines(List<ItemResult> results) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        baselines.put(
                "eoq_normal_safety_stock",
                costs(results.stream().map(ItemResult::classic).toList()));
        List<ItemResult> ruled =
                results.stream().filter(r -> r.minMax().isPresent()).toList();
        if (!ruled.isEmpty()) {
            Map<String, Double> minMax =
                    costs(ruled.stream().map(r -> r.minMax().orElseThrow()).toList());
            minMax.put("items", (double) ruled.size());
            minMax.put(
                    "expected_cost_of_best_on_same_items",
                    ruled.stream().mapToDouble(r -> r.costs().total()).sum());
            baselines.put("min_max", minMax);
        }
        return baselines;
    }

    private static Map<String, Double> costs(List<CostRate> rates) {
        Map<String, Double> sums = new LinkedHashMap<>();
        sums.put("expected_cost", rates.stream().mapToDouble(CostRate::total).sum());
        sums.put("holding_cost", rates.stream().mapToDouble(CostRate::holding).sum());
        sums.put("shortage_cost", rates.stream().mapToDouble(CostRate::shortage).sum());
        sums.put("ordering_cost", rates.stream().mapToDouble(CostRate::ordering).sum());
        return sums;
    }
}
