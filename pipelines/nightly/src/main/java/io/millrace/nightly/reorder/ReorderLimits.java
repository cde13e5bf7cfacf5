package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.SharedLimits;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the lines of a night share, as sources tell it: money, the minimums of suppliers, the room of sites; and what a plan as a whole is
 * measured by.
 *
 * @param shared     the limits
 * @param unitVolume room of a unit of a product that has no volume: that of the median product, 1 if no product has one
 * @param lines      products and sites that are planned
 * @param sales      what the company sold for in the last year
 * @param weeks      since the company's first sale; 1 if there is none
 */
record ReorderLimits(SharedLimits shared, double unitVolume, long lines, double sales, double weeks) {

    private static final String PLANNED = """
            SELECT DISTINCT product_code, site_code FROM {gold.demand_forecast}
            LEFT ANTI JOIN {excluded} ON key = concat(product_code, '\u001f', site_code)
            WHERE business_date = DATE'%s'""";

    /** @param excluded {@code key} of products and sites that get no order, and take up room all the same */
    static ReorderLimits of(NightTables in, Settings.Reorder settings, Dataset<Row> excluded, TradeHistory trade) {
        Map<String, Dataset<Row>> more = Map.of("excluded", excluded, "trade", trade.rows());
        String planned = PLANNED.formatted(in.date());
        long lines = 0;
        double sales = 0;
        double weeks = 1;
        Map<String, Double> minimums = new HashMap<>();
        Map<String, Double> rooms = new HashMap<>();
        double unitVolume = 1;
        for (Row row : in.sql("""
                SELECT 'supplier' AS kind, supplier_code AS code, CAST(minimum_order_value AS double) AS amount
                FROM {silver.supplier} WHERE minimum_order_value > 0
                UNION ALL
                SELECT 'site', site_code, CAST(capacity AS double) FROM {silver.site} WHERE capacity IS NOT NULL
                UNION ALL
                SELECT 'volume', '', percentile(CAST(volume AS double), 0.5) FROM {silver.product}
                UNION ALL
                SELECT 'lines', '', CAST(count(*) AS double) FROM (%s)
                UNION ALL
                SELECT 'sales', '', sum(money) FROM {trade}
                UNION ALL
                SELECT 'first', '', CAST(unix_date(min(first_sale)) AS double) FROM {trade}""".formatted(planned), more).collectAsList()) {
            switch (row.getString(0)) {
                case "supplier" -> minimums.put(row.getString(1), row.getDouble(2));
                case "site" -> rooms.put(row.getString(1), row.getDouble(2));
                case "lines" -> lines = (long) row.getDouble(2);
                case "sales" -> sales = row.isNullAt(2) ? 0 : row.getDouble(2);
                case "first" ->
                    weeks = row.isNullAt(2)
                            ? 1
                            : TradeHistory.weeks(LocalDate.ofEpochDay((long) row.getDouble(2)), in.date());
                default -> unitVolume = row.isNullAt(2) ? 1 : row.getDouble(2);
            }
        }
        if (!rooms.isEmpty()) {
            others(in, unitVolume, planned, more)
                    .forEach((site, taken) -> rooms.computeIfPresent(site, (s, room) -> room - taken));
        }
        OptionalDouble budget = settings.budget() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(settings.budget().doubleValue());
        return new ReorderLimits(new SharedLimits(budget, minimums, rooms), unitVolume, lines, sales, weeks);
    }

    /** Site → the room that stock takes up of what is not planned tonight. */
    private static Map<String, Double> others(
            NightTables in, double unitVolume, String planned, Map<String, Dataset<Row>> more) {
        Map<String, Double> taken = new HashMap<>();
        in.sql("""
                WITH planned AS (%3$s),
                stock AS (
                  SELECT product_code, site_code, max_by(on_hand, snapshot_date) AS on_hand
                  FROM {silver.stock_level} WHERE snapshot_date <= DATE'%1$s' GROUP BY 1, 2)
                SELECT s.site_code, CAST(sum(greatest(s.on_hand, 0) * coalesce(p.volume, %2$s)) AS double)
                FROM stock s
                LEFT ANTI JOIN planned f ON f.product_code = s.product_code AND f.site_code = s.site_code
                LEFT JOIN {silver.product} p ON p.product_code = s.product_code
                GROUP BY 1""".formatted(in.date(), unitVolume, planned), more)
                .collectAsList()
                .forEach(row -> taken.put(row.getString(0), row.getDouble(1)));
        return taken;
    }
}
