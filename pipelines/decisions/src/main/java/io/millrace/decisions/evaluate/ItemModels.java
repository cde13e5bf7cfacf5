package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import io.millrace.decisions.inventory.BackorderedOrderQuantity;
import io.millrace.decisions.inventory.BaseStock;
import io.millrace.decisions.inventory.CostRate;
import io.millrace.decisions.inventory.DemandDistribution;
import io.millrace.decisions.inventory.DiscreteDemand;
import io.millrace.decisions.inventory.EconomicOrderQuantity;
import io.millrace.decisions.inventory.Newsvendor;
import io.millrace.decisions.inventory.NormalContinuousReview;
import io.millrace.decisions.inventory.NormalDemand;
import io.millrace.decisions.inventory.PeriodicReview;
import io.millrace.decisions.inventory.PoissonContinuousReview;
import io.millrace.decisions.inventory.StockPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Chooses the exact model of an item, or its simulation where there is none. */
final class ItemModels {

    /** Mean over standard deviation from which on negative normal demand is rare enough (2.3 %) to be left alone. */
    private static final double NORMAL_ENOUGH = 2;
    /** Positions that an (s, S) model tables at most; larger items are counted in lots. */
    private static final double MOST_POSITIONS = 3000;
    /** Work, in multiplications, that convolving a history may take. */
    private static final double MOST_WORK = 2e8;

    private ItemModels() {}

    static ItemModel of(InventoryItem item, long seed) {
        if (!item.history().isEmpty()) {
            return isConvolvable(item) ? empirical(item) : SimulatedItem.model(item, seed);
        }
        boolean poisson = PeriodDemand.isPoisson(item);
        if (item.review() >= 1 && (item.demandSd() > 0 || poisson || item.review() > 1)) {
            return isNormal(item, item.leadTime() + 1) && item.orderCost() == 0 && !poisson
                    ? normalBaseStock(item)
                    : periodic(item);
        }
        if (item.leadTime() == 0 || (item.demandSd() == 0 && !poisson)) {
            return deterministic(item);
        }
        if (poisson) {
            return poissonContinuous(item);
        }
        return isNormal(item, item.leadTime()) ? normalContinuous(item) : SimulatedItem.model(item, seed);
    }

    private static boolean isNormal(InventoryItem item, double periods) {
        return item.distribution() == InventoryItem.Distribution.NORMAL
                || item.demandMean() * Math.sqrt(periods) >= NORMAL_ENOUGH * item.demandSd();
    }

    /** Stock is watched and demand known, or replenished at once: nothing is uncertain. */
    private static ItemModel deterministic(InventoryItem item) {
        double leadTimeDemand = item.demandMean() * item.leadTime();
        if (item.shortage() == 0) {
            double lot = new EconomicOrderQuantity(item.orderCost(), item.demandMean(), item.holding()).quantity();
            StockPolicy policy = new StockPolicy(leadTimeDemand, leadTimeDemand + lot);
            return new ItemModel("eoq", true, policy, p -> knownDemandCosts(item, p));
        }
        BackorderedOrderQuantity model =
                new BackorderedOrderQuantity(item.orderCost(), item.demandMean(), item.holding(), item.shortage());
        double point = leadTimeDemand - model.stockoutFraction() * model.quantity();
        StockPolicy policy = new StockPolicy(point, point + model.quantity());
        return new ItemModel("eoq_backorders", true, policy, p -> knownDemandCosts(item, p));
    }

    private static CostRate knownDemandCosts(InventoryItem item, StockPolicy policy) {
        double lowest = policy.reorderPoint() - item.demandMean() * item.leadTime();
        boolean isShort = lowest < -1e-9 * (1 + policy.orderUpTo());
        Require.that(
                item.shortage() > 0 || !isShort,
                "item %s runs short under a reorder point of %s and has a shortage cost of 0; give a cost",
                item.item(),
                policy.reorderPoint());
        if (policy.lot() == 0) {
            return new CostRate(item.holding() * Math.max(0, lowest), item.shortage() * Math.max(0, -lowest), 0);
        }
        double from = isShort ? lowest : Math.max(0, lowest);
        double shortage = isShort ? item.shortage() : 1;
        return new BackorderedOrderQuantity(item.orderCost(), item.demandMean(), item.holding(), shortage)
                .costs(from, policy.lot());
    }

    private static ItemModel poissonContinuous(InventoryItem item) {
        PoissonContinuousReview model = new PoissonContinuousReview(
                item.orderCost(), item.demandMean(), item.leadTime(), item.holding(), item.shortage());
        return new ItemModel("rq_poisson", true, model.optimal(), policy -> {
            int r = wholePoint(policy);
            return model.costs(r, wholeUpTo(policy, r) - r);
        });
    }

    private static ItemModel normalContinuous(InventoryItem item) {
        NormalDemand demand = normal(item, item.leadTime());
        Newsvendor newsvendor = new Newsvendor(demand, item.holding(), item.shortage());
        NormalContinuousReview model = new NormalContinuousReview(
                item.orderCost(), item.demandMean(), demand, item.holding(), item.shortage());
        boolean free = item.orderCost() == 0;
        StockPolicy best = free ? new StockPolicy(newsvendor.level(), newsvendor.level()) : model.optimal();
        return new ItemModel(
                free ? "base_stock_normal" : "rq_normal",
                true,
                best,
                policy -> policy.lot() == 0
                        ? newsvendor.costs(policy.orderUpTo())
                        : model.costs(policy.reorderPoint(), policy.lot()));
    }

    private static NormalDemand normal(InventoryItem item, double periods) {
        return new NormalDemand(item.demandMean() * periods, item.demandSd() * Math.sqrt(periods));
    }

    private static ItemModel normalBaseStock(InventoryItem item) {
        BaseStock stock = baseStock(item, periods -> normal(item, periods), 1);
        StockPolicy level = new StockPolicy(stock.level(), stock.level());
        return new ItemModel(
                "base_stock_normal",
                true,
                level,
                policy -> policy.lot() == 0
                        ? stock.costs(policy.orderUpTo())
                        : periodic(item).costs().apply(policy));
    }

    /** The (s, S) model of an item, whose demand is counted in lots where it is large. Base stock where orders are free. */
    static ItemModel periodic(InventoryItem item) {
        double unit = Math.max(1, Math.ceil(span(item) / MOST_POSITIONS));
        PeriodDemand demand = PeriodDemand.of(item, unit);
        String family = demand.family().name().toLowerCase(Locale.ROOT);
        return periodic(item, family, demand::over, unit);
    }

    private static double span(InventoryItem item) {
        double lot = Math.sqrt(2 * item.orderCost() * item.demandMean() / item.holding());
        return Math.max(lot, (item.demandMean() + 3 * item.demandSd()) * Math.max(1, item.review()));
    }

    private static boolean isConvolvable(InventoryItem item) {
        double most =
                item.history().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double cover = item.leadTime() + item.review();
        return item.review() >= 1
                && item.leadTime() == Math.rint(item.leadTime())
                && item.history().stream().allMatch(units -> units == Math.rint(units))
                && most * most * cover * cover * (1 + item.review()) < MOST_WORK
                && span(item) <= MOST_POSITIONS;
    }

    private static ItemModel empirical(InventoryItem item) {
        DiscreteDemand period = DiscreteDemand.empirical(
                item.history().stream().mapToDouble(Double::doubleValue).toArray());
        return periodic(item, "empirical", periods -> period.over((int) periods), 1);
    }

    private static ItemModel periodic(
            InventoryItem item, String family, DoubleFunction<DiscreteDemand> demand, double unit) {
        BaseStock stock = baseStock(item, demand, unit);
        PeriodicReview model = new PeriodicReview(item.orderCost(), demand.apply(Math.max(1, item.review())), stock);
        boolean free = item.orderCost() == 0;
        StockPolicy best = free ? new StockPolicy(stock.level(), stock.level()) : model.optimal();
        StockPolicy policy = new StockPolicy(best.reorderPoint() * unit, best.orderUpTo() * unit);
        return new ItemModel((free ? "base_stock_" : "ss_") + family, true, policy, p -> {
            StockPolicy lots = new StockPolicy(p.reorderPoint() / unit, p.orderUpTo() / unit);
            int s = wholePoint(lots);
            return lots.lot() == 0 ? stock.costs(Math.rint(lots.orderUpTo())) : model.costs(s, wholeUpTo(lots, s));
        });
    }

    private static BaseStock baseStock(
            InventoryItem item, DoubleFunction<? extends DemandDistribution> demand, double unit) {
        List<Newsvendor> covers = new ArrayList<>();
        for (int period = 1; period <= Math.max(1, item.review()); period++) {
            DemandDistribution cover = demand.apply(item.leadTime() + period);
            covers.add(new Newsvendor(cover, item.holding() * unit, item.shortage() * unit));
        }
        return new BaseStock(covers);
    }

    /** Without a lot the level itself is kept: an order goes out as soon as the position is one below it. */
    private static int wholePoint(StockPolicy policy) {
        if (policy.lot() == 0) {
            return (int) Math.rint(policy.orderUpTo()) - 1;
        }
        return (int) Math.floor(policy.reorderPoint() + 1e-9);
    }

    private static int wholeUpTo(StockPolicy policy, int point) {
        return Math.max(point + 1, (int) Math.rint(policy.orderUpTo()));
    }
}
