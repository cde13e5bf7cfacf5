package io.millrace.decisions.reorder;

import io.millrace.decisions.inventory.DemandDistribution;
import io.millrace.decisions.inventory.DemandFit;
import io.millrace.decisions.inventory.EconomicOrderQuantity;
import io.millrace.decisions.inventory.StockPolicy;

/**
 * The textbook policy of a line: a lot by the economic order quantity, and a reorder point that covers lead-time demand and
 * undershoot with the service level at which holding one more unit costs what it saves.
 *
 * <p>With a cost b per unit short that level is 1 − hQ / (bD) (Hadley and Whitin, Analysis of Inventory Systems, 1963, section
 * 4-2; Silver, Pyke and Thomas, section 7.7): h of holding a unit for a year, Q the lot, D the demand of a year. It depends on b
 * alone once the lot is fixed, so a dearer shortage never lowers the reorder point. Where unmet demand is lost, a cycle that runs
 * short also starts with more on the shelf, and the level is bD / (bD + hQ) (the same, section 4-11). Safety stock ends where holding it costs
 * as much as being short of everything, bD / h.
 *
 * <p>A product that is still selling keeps a pack, or the packs that make a unit, even where nothing is forecast.
 *
 * @param levels       reorder point and order-up-to level: whole where demand is, else in the steps of the unit
 * @param serviceLevel probability of not running short in an order cycle
 * @param shortageCost per unit short: the one given, or the one at which the service level would balance with this lot, or with
 *                     four weeks of demand where the lot is smaller
 * @param safetyStock  reorder point less expected demand over the lead time
 * @param exposure     demand until an order of the next review would arrive, which tonight's order has to meet
 */
record ClassicalPolicy(
        StockPolicy levels, double serviceLevel, double shortageCost, double safetyStock, DemandDistribution exposure) {

    private static final double WEEKS_A_YEAR = 365 / 7.0;
    /** A service level implies a shortage cost only for a given number of cycles; with daily orders it would imply next to none. */
    private static final double LOTS_A_YEAR = 13;

    private static final int HALVINGS = 60;
    private static final double PRECISION = 1e-6;

    static ClassicalPolicy of(ReorderLine line, DemandMoments moments, ReorderOptions options) {
        return of(line, moments, options, 1);
    }

    /**
     * The policy with larger or smaller lots, and the reorder point that goes with them.
     *
     * @param lotFactor by which the economic lot is multiplied, above 0, before the bounds that hold for any lot
     */
    static ClassicalPolicy of(ReorderLine line, DemandMoments moments, ReorderOptions options, double lotFactor) {
        boolean whole = line.demand().comesInWholeUnits() && !line.lot().isDivisible();
        DemandDistribution cover = DemandFit.ofMoments(moments.protectedMean(), moments.protectedVariance(), whole);
        double lot = lot(line, moments, options, lotFactor);
        double yearly = moments.weeklyMean() * WEEKS_A_YEAR;
        double service = serviceLevel(line, holdingPerUnitSold(line, lot, yearly), options);
        double shortage = line.costs()
                .shortageCost()
                .orElse(implied(
                        holdingPerUnitSold(line, Math.max(lot, yearly / LOTS_A_YEAR), yearly), service, options));
        double worthHolding = moments.leadTimeMean() + mostSafety(line, shortage, yearly);
        double quantile = yearly > 0 ? Math.max(0, Math.min(cover.quantile(service), worthHolding)) : 0;
        if (line.costs().shortageCost().isPresent() && options.unmet() == UnmetDemand.BACKORDER && quantile > 0) {
            // The floor is one of the lead time: a lump as large as a year's demand is not waited for on the shelf.
            double least = DemandFit.ofMoments(moments.leadTimeMean(), moments.leadTimeVariance(), whole)
                    .quantile(options.serviceFloor());
            double worth = line.costs().holdingPerYear() * lot / (shortage * yearly);
            quantile = balanced(cover, lot, worth, Math.min(Math.max(0, least), quantile), quantile);
            service = cover.cdf(quantile);
        }
        double point = whole ? Math.ceil(quantile - 1e-9) : line.lot().level(quantile);
        StockPolicy levels = new StockPolicy(point, point + lot);
        double safety = point - moments.leadTimeMean();
        return new ClassicalPolicy(levels, service, shortage, safety, exposure(line, options.reviewDays(), whole));
    }

    /** The same with other levels. */
    ClassicalPolicy withLevels(StockPolicy other) {
        return new ClassicalPolicy(
                other,
                serviceLevel,
                shortageCost,
                safetyStock + other.reorderPoint() - levels.reorderPoint(),
                exposure);
    }

    private static DemandDistribution exposure(ReorderLine line, int reviewDays, boolean whole) {
        double days = line.leadTime().meanDays() + reviewDays;
        double mean = line.demand().expected(days);
        double delay = mean / days * line.leadTime().sdDays();
        return DemandFit.ofMoments(mean, line.demand().variance(days) + delay * delay, whole);
    }

    /**
     * The reorder point at which holding one more unit costs what it saves. What a cycle runs short beyond a whole lot was short in the
     * cycle before it already, so that (D / Q)(F(R + Q) − F(R)) of a year's units wait for one more unit of R (Hadley and Whitin,
     * section 4-7), where 1 − F(R) counts them anew in every cycle: with small lots and seldom, large demand that is forty times the
     * lead-time demand on the shelf. Beyond the mode the difference falls, so the point is found by halving.
     *
     * @param worth hQ / (bD)
     * @param least the point that the least service level asks for
     * @param most  where F(R) = 1 − worth
     */
    private static double balanced(DemandDistribution cover, double lot, double worth, double least, double most) {
        double below = least;
        double above = most;
        for (int halving = 0; halving < HALVINGS && above - below > PRECISION * above; halving++) {
            double middle = (below + above) / 2;
            if (cover.cdf(middle + lot) - cover.cdf(middle) > worth) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    /**
     * bD / h: safety stock beyond it costs more to hold than it would to run short of everything that is asked for. A service
     * level counts order cycles and sees no such end, where a cycle takes longer than anybody would keep stock for it.
     */
    private static double mostSafety(ReorderLine line, double shortage, double yearly) {
        double holding = line.costs().holdingPerYear();
        return holding > 0 ? shortage * yearly / holding : Double.POSITIVE_INFINITY;
    }

    /** hQ / D: what the stock of one unit of safety costs for each order cycle in which it might be sold. */
    private static double holdingPerUnitSold(ReorderLine line, double lot, double yearly) {
        return yearly > 0 ? line.costs().holdingPerYear() * lot / yearly : 0;
    }

    /** The cost of a unit short at which a service level would balance with holding. */
    private static double implied(double holding, double service, ReorderOptions options) {
        return holding / (1 - service) * (options.unmet() == UnmetDemand.LOST ? service : 1);
    }

    private static double serviceLevel(ReorderLine line, double holding, ReorderOptions options) {
        if (line.costs().shortageCost().isEmpty()) {
            return options.serviceLevel();
        }
        double shortage = line.costs().shortageCost().getAsDouble();
        double balanced =
                options.unmet() == UnmetDemand.LOST ? shortage / (shortage + holding) : 1 - holding / shortage;
        return Math.min(options.serviceCeiling(), Math.max(options.serviceFloor(), balanced));
    }

    /** EOQ, at least the demand between two reviews and what the supplier accepts, at most the longest cover. */
    private static double lot(ReorderLine line, DemandMoments moments, ReorderOptions options, double lotFactor) {
        double daily = moments.weeklyMean() / 7;
        if (daily <= 0) {
            return line.demand().isSelling() ? line.lot().packs(1) : 0;
        }
        double holding = line.costs().holdingPerYear();
        double longest = daily * options.maxCoverDays();
        double economic = holding > 0
                ? new EconomicOrderQuantity(line.costs().orderCost(), daily * 365, holding).quantity()
                : longest;
        double wanted = Math.max(daily * options.reviewDays(), Math.min(longest, economic * lotFactor));
        double packs = Math.rint(wanted / line.lot().pack()) * line.lot().pack();
        return line.lot().roundUp(Math.max(packs, line.lot().pack()));
    }
}
