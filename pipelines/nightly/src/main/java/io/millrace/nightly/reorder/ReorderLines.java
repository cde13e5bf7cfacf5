package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.LeadTime;
import io.millrace.decisions.reorder.LineCosts;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.PresentRule;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.StockPosition;
import io.millrace.decisions.reorder.WeeklyDemand;
import io.millrace.nightly.demand.WeeklyDemandSeries;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the planner has to know of each product and site, gathered in one query, and read out of its rows on executors.
 *
 * @param unitVolume room of a unit of a product that has no volume
 * @param orderCost  of an order line
 */
record ReorderLines(
        double holdingRate,
        double shortageRate,
        int defaultLeadTime,
        boolean assumeEmptyShelves,
        double unitVolume,
        double orderCost,
        OpenOrders openOrders)
        implements PlanTasks.LineReader {

    static ReorderLines of(Settings.Reorder settings, double unitVolume, double orderCost, OpenOrders openOrders) {
        return new ReorderLines(
                settings.holdingRate(),
                settings.shortageRate(),
                settings.defaultLeadTime(),
                settings.assumeEmptyShelves(),
                unitVolume,
                orderCost,
                openOrders);
    }

    /** Product and site of a row, which stand first in it. */
    private static String key(Row row) {
        return key(row.getString(0), row.getString(1));
    }

    static String key(String product, String site) {
        return product + "\u001f" + site;
    }

    /**
     * A row for each product and site with a forecast of this night that is not excluded.
     *
     * @param weeks    of history that a forecast looks at
     * @param rules    of the ERP before Millrace
     * @param excluded {@code key} of products and sites that get no order
     * @param trade    what was sold and bought, see {@link TradeHistory#rows}
     */
    static Dataset<Row> rows(NightTables in, int weeks, Dataset<Row> rules, Dataset<Row> excluded, Dataset<Row> trade) {
        Map<String, Dataset<Row>> more = Map.of(
                "first_rule", rules,
                "excluded", excluded,
                "trade", trade,
                "history", WeeklyDemandSeries.of(in, weeks));
        return in.sql("""
                WITH forecast AS (
                  SELECT product_code, site_code, array_sort(collect_list(struct(step, mean, p10, p50, p90, cumulative_sd))) AS steps
                  FROM {gold.demand_forecast} LEFT ANTI JOIN {excluded} ON key = concat(product_code, '\u001f', site_code)
                  WHERE business_date = DATE'%1$s' GROUP BY 1, 2),
                stock AS (
                  SELECT product_code, site_code, max_by(struct(on_hand, reserved, incoming), snapshot_date) AS s
                  FROM {silver.stock_level} WHERE snapshot_date <= DATE'%1$s' GROUP BY 1, 2),
                supply AS (
                  SELECT product_code, min_by(struct(supplier_code, lead_time_days, unit_price, min_order_quantity, pack_size),
                                              struct(coalesce(preference, 1000), coalesce(unit_price, 1e12), supplier_code)) AS t
                  FROM {silver.supplier_product} t
                  LEFT ANTI JOIN (SELECT supplier_code FROM {silver.supplier} WHERE NOT is_active) s
                    ON s.supplier_code = t.supplier_code
                  WHERE coalesce(is_active, true) GROUP BY 1),
                counted AS (
                  SELECT site_code, max(snapshot_date) AS counted_on, bool_or(incoming IS NOT NULL) AS is_announced FROM {silver.stock_level}
                  WHERE snapshot_date <= DATE'%1$s' GROUP BY 1),
                reliability AS (SELECT * FROM {features.supplier_reliability} WHERE business_date = DATE'%1$s')
                SELECT f.product_code, f.site_code, f.steps,
                       c.site_code IS NOT NULL AS is_counted, c.counted_on, coalesce(c.is_announced, false) AS is_announced,
                       CAST(coalesce(s.s.on_hand, 0) AS double) AS on_hand,
                       CAST(greatest(coalesce(s.s.reserved, 0), 0) AS double) AS reserved,
                       CAST(greatest(coalesce(s.s.incoming, 0), 0) AS double) AS incoming,
                       p.unit, CAST(p.unit_rounding AS double) AS unit_rounding, CAST(p.volume AS double) AS volume,
                       CAST(coalesce(u.t.unit_price, p.cost_price, p.list_price, 0) AS double) AS unit_cost,
                       CAST(p.list_price AS double) AS list_price,
                       u.t.supplier_code, u.t.lead_time_days,
                       CAST(coalesce(u.t.min_order_quantity, 0) AS double) AS minimum,
                       CAST(u.t.pack_size AS double) AS pack,
                       CAST(r.reorder_point AS double) AS rule_point,
                       CAST(r.order_up_to AS double) AS rule_up_to,
                       CAST(r.order_quantity AS double) AS rule_lot,
                       coalesce(v.lead_time_mean_365d, v.lead_time_mean) AS lead_time_mean_days,
                       if(v.lead_time_mean_365d IS NULL, v.promised_mean, v.promised_mean_365d) AS promised_mean_days,
                       coalesce(v.lead_time_sd_365d, v.lead_time_sd) AS lead_time_sd_days,
                       h.weeks, h.units, IF(t.product_code IS NULL, NULL, struct(t.*)) AS trade
                FROM forecast f
                LEFT JOIN stock s ON s.product_code = f.product_code AND s.site_code = f.site_code
                LEFT JOIN counted c ON c.site_code = f.site_code
                LEFT JOIN {silver.product} p ON p.product_code = f.product_code
                LEFT JOIN supply u ON u.product_code = f.product_code
                LEFT JOIN {first_rule} r ON r.product_code = f.product_code AND r.site_code = f.site_code
                LEFT JOIN reliability v ON v.supplier_code = u.t.supplier_code
                LEFT JOIN {history} h ON h.product_code = f.product_code AND h.site_code = f.site_code
                LEFT JOIN {trade} t ON t.product_code = f.product_code AND t.site_code = f.site_code""".formatted(in.date()), more);
    }

    @Override
    public ReorderLine line(Row row) {
        double[] history = row.isNullAt(row.fieldIndex("weeks")) ? new double[0] : WeeklyDemandSeries.series(row);
        double unitCost = number(row, "unit_cost", 0);
        OptionalDouble shortage = row.isNullAt(row.fieldIndex("list_price")) || number(row, "list_price", 0) <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(shortageRate * number(row, "list_price", 0));
        double step = number(row, "unit_rounding", 0);
        double pack = number(row, "pack", 0);
        return new ReorderLine(
                row.getString(0),
                row.getString(1),
                row.getAs("supplier_code"),
                row.getAs("unit"),
                stock(row),
                demand(row, history),
                leadTime(row),
                new LineCosts(unitCost, orderCost, holdingRate, shortage),
                new LotTerms(number(row, "minimum", 0), pack > 0 ? pack : step > 0 ? step : 1, step),
                PresentRule.known(known(row, "rule_point"), known(row, "rule_up_to"), known(row, "rule_lot")),
                number(row, "volume", unitVolume));
    }

    private StockPosition stock(Row row) {
        boolean isCounted = row.getBoolean(row.fieldIndex("is_counted"));
        if (!isCounted && !assumeEmptyShelves) {
            return StockPosition.UNKNOWN;
        }
        LocalDate counted = isCounted ? row.<Date>getAs("counted_on").toLocalDate() : null;
        double onOrder = openOrders.units(key(row), counted, row.getAs("is_announced"));
        return new StockPosition(
                number(row, "on_hand", 0), number(row, "reserved", 0), number(row, "incoming", 0) + onOrder);
    }

    private static WeeklyDemand demand(Row row, double[] history) {
        List<Row> steps = row.getList(row.fieldIndex("steps"));
        double[][] values = new double[5][steps.size()];
        // A night that was forecast before the column was there does not tell how errors go together.
        boolean told = steps.stream().noneMatch(step -> step.isNullAt(values.length));
        for (int i = 0; i < steps.size(); i++) {
            for (int k = 0; k < (told ? values.length : values.length - 1); k++) {
                values[k][i] = steps.get(i).getDouble(k + 1);
            }
        }
        double[] cumulativeSd = told ? values[4] : new double[0];
        return new WeeklyDemand(values[0], values[1], values[2], values[3], cumulativeSd, history);
    }

    private LeadTime leadTime(Row row) {
        return LeadTime.expected(
                known(row, "lead_time_days"),
                known(row, "promised_mean_days"),
                known(row, "lead_time_mean_days"),
                number(row, "lead_time_sd_days", 0),
                defaultLeadTime);
    }

    private static OptionalDouble known(Row row, String column) {
        return row.isNullAt(row.fieldIndex(column))
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(row, column, 0));
    }

    private static double number(Row row, String column, double otherwise) {
        int at = row.fieldIndex(column);
        return row.isNullAt(at) ? otherwise : ((Number) row.get(at)).doubleValue();
    }
}
