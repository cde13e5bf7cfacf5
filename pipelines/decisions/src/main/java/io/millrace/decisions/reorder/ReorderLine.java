package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.Optional;

/**
 * A product at a site, with all that decides about its next order.
 *
 * @param product     product code
 * @param site        site code
 * @param supplier    code of the supplier to order from; may be empty
 * @param unit        stock unit; may be empty
 * @param stock       what there is tonight
 * @param demand      forecast and history
 * @param leadTime    of that supplier
 * @param costs       in one currency for all lines
 * @param lot         what that supplier accepts
 * @param presentRule the ERP's; where it has none, the planner prices a moving-average rule instead
 * @param volume      room that a unit takes at the site, in the unit of the site's {@linkplain SharedLimits#rooms room}, 0 or more
 */
public record ReorderLine(
        String product,
        String site,
        String supplier,
        String unit,
        StockPosition stock,
        WeeklyDemand demand,
        LeadTime leadTime,
        LineCosts costs,
        LotTerms lot,
        Optional<PresentRule> presentRule,
        double volume) {

    /** Refuses a line without product or site, and a negative volume. */
    public ReorderLine {
        Require.text("product code", product);
        Require.text("site code", site);
        supplier = supplier == null ? "" : supplier;
        unit = unit == null ? "" : unit;
        Require.notNegative("volume of a unit", volume);
    }

    /** A line whose room nobody counts. */
    public ReorderLine(
            String product,
            String site,
            String supplier,
            String unit,
            StockPosition stock,
            WeeklyDemand demand,
            LeadTime leadTime,
            LineCosts costs,
            LotTerms lot,
            Optional<PresentRule> presentRule) {
        this(product, site, supplier, unit, stock, demand, leadTime, costs, lot, presentRule, 0);
    }
}
