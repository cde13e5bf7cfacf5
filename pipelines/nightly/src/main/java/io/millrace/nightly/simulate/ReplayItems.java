package io.millrace.nightly.simulate;

import io.millrace.decisions.reorder.LeadTime;
import io.millrace.decisions.reorder.LineCosts;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.PresentRule;
import io.millrace.decisions.replay.Deliveries;
import io.millrace.decisions.replay.ReplayCalendar;
import io.millrace.decisions.replay.ReplayItem;
import io.millrace.decisions.replay.Sales;
import io.millrace.nightly.reorder.FirstRules;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The items of a replay, a row each: sales with the night that took each in, stock, purchases, what suppliers had delivered by each
 * date, and prices, packs and minimums as they are now. Products that are not stocked or not active now are left out.
 *
 * @param holdingRate     a year, as a share of the cost
 * @param orderCost       of an order line
 * @param shortageRate    of the list price, for a unit short
 * @param defaultLeadTime days where no supplier tells
 * @param dates           number of dates
 */
record ReplayItems(double holdingRate, double orderCost, double shortageRate, int defaultLeadTime, int dates)
        implements Serializable {

    /** Items whose sales the forecaster of a date learns from. */
    private static final int LESSONS = 1000;

    /** @param orderCost of an order line, as it was known on the first date */
    static ReplayItems of(Settings.Reorder settings, ReplayCalendar calendar, double orderCost) {
        return new ReplayItems(
                settings.holdingRate(),
                orderCost,
                settings.shortageRate(),
                settings.defaultLeadTime(),
                calendar.periods());
    }

    /** Tables that a replay looks at. */
    static final List<String> TABLES = List.of(
            "silver.sales_line",
            "silver.product",
            "silver.stock_level",
            "silver.supplier_product",
            "silver.purchase_line",
            "silver.reorder_rule",
            "gold.first_rule",
            "gold.reorder_plan",
            "ops.decision_feedback");

    /** @param weeks of history that are looked at */
    static Dataset<Row> rows(NightTables in, ReplayCalendar calendar, int weeks) {
        LocalDate from = LocalDate.ofEpochDay(calendar.dates()[0]);
        LocalDate to = LocalDate.ofEpochDay(calendar.end());
        String dates = Arrays.stream(calendar.dates())
                .mapToObj(day -> "DATE'" + LocalDate.ofEpochDay(day) + "'")
                .collect(Collectors.joining(", "));
        return in.sql("""
                WITH sold AS (
                  SELECT s.product_code, s.site_code, s.order_date, coalesce(s._known_on, s.order_date) AS known,
                         CAST(sum(s.quantity) AS double) AS units
                  FROM {silver.sales_line} s
                  LEFT ANTI JOIN (SELECT product_code FROM {silver.product}
                                  WHERE NOT (coalesce(is_stocked, true) AND coalesce(is_active, true))) p
                    ON p.product_code = s.product_code
                  WHERE s.order_date <= DATE'%2$s' AND s.order_date > date_sub(DATE'%1$s', 7 * (%3$d + 1))
                    AND s.status <> 'cancelled' AND s.quantity > 0 AND s.site_code IS NOT NULL
                  GROUP BY 1, 2, 3, 4),
                sales AS (
                  SELECT product_code, site_code,
                         sort_array(collect_list(struct(unix_date(order_date) AS day, unix_date(known) AS known, units))) AS sales
                  FROM sold GROUP BY 1, 2),
                start AS (
                  SELECT product_code, site_code,
                         max_by(coalesce(on_hand, 0) - greatest(coalesce(reserved, 0), 0) + greatest(coalesce(incoming, 0), 0),
                                snapshot_date) AS stock
                  FROM {silver.stock_level} WHERE snapshot_date <= DATE'%1$s' GROUP BY 1, 2),
                -- Days on which the real shelf was seen, those on which it was empty, and what was sold on them all the same.
                shelf AS (
                  SELECT l.product_code, l.site_code, count(*) AS seen, count_if(l.on_hand <= 0) AS empty,
                         sum(IF(l.on_hand <= 0, coalesce(d.units, 0), 0)) AS units_on_empty
                  FROM {silver.stock_level} l
                  LEFT JOIN (SELECT product_code, site_code, order_date, sum(units) AS units FROM sold GROUP BY 1, 2, 3) d
                    ON d.product_code = l.product_code AND d.site_code = l.site_code AND d.order_date = l.snapshot_date
                  WHERE l.snapshot_date > DATE'%1$s' AND l.snapshot_date <= DATE'%2$s' GROUP BY 1, 2),
                bought AS (
                  SELECT product_code,
                         sort_array(collect_list(struct(unix_date(order_date) AS day, datediff(received_date, order_date) AS took)))
                           AS purchases
                  FROM {silver.purchase_line}
                  WHERE status <> 'cancelled' AND received_date IS NOT NULL AND received_date >= order_date GROUP BY 1),
                supply AS (
                  SELECT product_code, min_by(struct(supplier_code, lead_time_days, unit_price, min_order_quantity, pack_size),
                                              struct(coalesce(preference, 1000), coalesce(unit_price, 1e12), supplier_code)) AS t
                  FROM {silver.supplier_product} WHERE coalesce(is_active, true) GROUP BY 1),
                delivered AS (
                  SELECT l.supplier_code, d.date, l.order_date > date_sub(d.date, 365) AS lately,
                         datediff(l.promised_date, l.order_date) AS promised,
                         IF(l.received_date <= d.date, datediff(l.received_date, l.order_date), NULL) AS took
                  FROM {silver.purchase_line} l
                  JOIN (SELECT explode(array(%4$s)) AS date) d
                    ON l.order_date <= d.date AND coalesce(l._known_on, l.order_date) <= d.date
                  WHERE l.status <> 'cancelled'),
                by_date AS (
                  SELECT supplier_code, date,
                         avg(IF(lately, took, NULL)) AS lately_mean, avg(took) AS mean,
                         stddev(IF(lately, took, NULL)) AS lately_sd, stddev(took) AS sd,
                         avg(IF(lately, promised, NULL)) AS lately_promised, avg(promised) AS promised
                  FROM delivered GROUP BY 1, 2),
                reliability AS (
                  SELECT supplier_code, collect_list(struct(unix_date(date) AS day,
                           coalesce(lately_mean, mean) AS mean,
                           IF(lately_mean IS NULL, promised, lately_promised) AS promised,
                           coalesce(lately_sd, sd, 0) AS sd)) AS dates
                  FROM by_date GROUP BY 1)
                SELECT s.product_code, s.site_code, s.sales, CAST(b.stock AS double) AS stock,
                       coalesce(e.seen, 0L) AS seen, coalesce(e.empty, 0L) AS empty,
                       CAST(coalesce(e.units_on_empty, 0) AS double) AS units_on_empty,
                       o.purchases,
                       CAST(coalesce(u.t.unit_price, p.cost_price, p.list_price, 0) AS double) AS unit_cost,
                       CAST(coalesce(p.list_price, 0) AS double) AS list_price,
                       CAST(u.t.lead_time_days AS double) AS lead_time_days,
                       CAST(coalesce(u.t.min_order_quantity, 0) AS double) AS minimum,
                       CAST(coalesce(u.t.pack_size, 0) AS double) AS pack,
                       CAST(r.reorder_point AS double) AS rule_point, CAST(r.order_up_to AS double) AS rule_up_to,
                       CAST(r.order_quantity AS double) AS rule_lot,
                       v.dates
                FROM sales s
                LEFT JOIN start b ON b.product_code = s.product_code AND b.site_code = s.site_code
                LEFT JOIN shelf e ON e.product_code = s.product_code AND e.site_code = s.site_code
                LEFT JOIN bought o ON o.product_code = s.product_code
                LEFT JOIN {silver.product} p ON p.product_code = s.product_code
                LEFT JOIN supply u ON u.product_code = s.product_code
                LEFT JOIN {first_rule} r ON r.product_code = s.product_code AND r.site_code = s.site_code
                LEFT JOIN reliability v ON v.supplier_code = u.t.supplier_code""".formatted(from, to, weeks, dates), Map.of("first_rule", FirstRules.of(in)));
    }

    /** Sales of some of the items, the same ones whenever the same things are sold. */
    static List<Sales> lessons(Dataset<Row> rows) {
        return rows
                .selectExpr("product_code", "site_code", "sales", "xxhash64(product_code, site_code) AS place")
                .orderBy("place", "product_code", "site_code")
                .limit(LESSONS)
                .collectAsList()
                .stream()
                .map(row -> sales(row.getList(row.fieldIndex("sales"))))
                .toList();
    }

    ReplayItem item(Row row, ReplayCalendar calendar) {
        double list = number(row, "list_price");
        double pack = number(row, "pack");
        return new ReplayItem(
                row.getAs("product_code"),
                row.getAs("site_code"),
                sales(row.getList(row.fieldIndex("sales"))),
                deliveries(row, calendar),
                new LineCosts(
                        number(row, "unit_cost"),
                        orderCost,
                        holdingRate,
                        list > 0 ? OptionalDouble.of(shortageRate * list) : OptionalDouble.empty()),
                new LotTerms(number(row, "minimum"), pack > 0 ? pack : 1),
                rule(row),
                known(row, "stock"));
    }

    private static Sales sales(List<Row> rows) {
        return new Sales(
                rows.stream().mapToInt(r -> r.getInt(0)).toArray(),
                rows.stream().mapToInt(r -> r.getInt(1)).toArray(),
                rows.stream().mapToDouble(r -> r.getDouble(2)).toArray());
    }

    private Deliveries deliveries(Row row, ReplayCalendar calendar) {
        LeadTime[] expected = new LeadTime[dates];
        Arrays.fill(expected, expected(row, null));
        int at = row.fieldIndex("dates");
        for (Row known : row.isNullAt(at) ? List.<Row>of() : row.<Row>getList(at)) {
            expected[Arrays.binarySearch(calendar.dates(), known.getInt(0))] = expected(row, known);
        }
        int bought = row.fieldIndex("purchases");
        List<Row> purchases = row.isNullAt(bought) ? List.of() : row.getList(bought);
        return new Deliveries(
                expected,
                purchases.stream().mapToInt(r -> r.getInt(0)).toArray(),
                purchases.stream().mapToInt(r -> r.getInt(1)).toArray());
    }

    private LeadTime expected(Row row, Row reliability) {
        return LeadTime.expected(
                known(row, "lead_time_days"),
                reliability == null ? OptionalDouble.empty() : known(reliability, "promised"),
                reliability == null ? OptionalDouble.empty() : known(reliability, "mean"),
                reliability == null ? 0 : number(reliability, "sd"),
                defaultLeadTime);
    }

    private static Optional<PresentRule> rule(Row row) {
        return PresentRule.known(known(row, "rule_point"), known(row, "rule_up_to"), known(row, "rule_lot"));
    }

    private static OptionalDouble known(Row row, String column) {
        int at = row.fieldIndex(column);
        return row.isNullAt(at) ? OptionalDouble.empty() : OptionalDouble.of(((Number) row.get(at)).doubleValue());
    }

    private static double number(Row row, String column) {
        return known(row, column).orElse(0);
    }
}
