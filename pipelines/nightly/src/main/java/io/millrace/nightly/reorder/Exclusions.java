package io.millrace.nightly.reorder;

import io.millrace.contracts.source.Fill;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Products that get no order, whatever is asked for: deleted, out of the range, not stocked, not bought, delivered by blocked
 * suppliers alone, or unknown to the ERP that sold them. A source that derives its products from what was sold, as a flat file
 * of invoices does, knows of no others, so there a product without a row is no unknown one.
 */
final class Exclusions {

    private Exclusions() {}

    /**
     * A product at a site that sold, or is forecast, and gets no order.
     *
     * @param unit     stock unit, or null
     * @param reason   why there is no order
     * @param units    sold in the weeks that a forecast looks at
     * @param lastSale day of the last of them, or null
     */
    record Excluded(String product, String site, String unit, String reason, double units, LocalDate lastSale) {

        String sentence() {
            return lastSale == null
                    ? "No order: %s.".formatted(reason)
                    : "No order: %s. It sold %,.0f in all, the last on %s.".formatted(reason, units, lastSale);
        }
    }

    /**
     * Those of the night, by product and site.
     *
     * @param weeks that a forecast looks at
     */
    static List<Excluded> of(NightTables in, int weeks) {
        Map<String, Dataset<Row>> spans = Map.of("product_history", in.history("silver.product"));
        return in.sql("""
                WITH sold AS (
                  SELECT product_code, site_code, collect_set(source) AS sources, CAST(sum(quantity) AS double) AS units,
                         max(order_date) AS last_sale
                  FROM {silver.sales_line}
                  WHERE order_date <= DATE'%1$s' AND order_date > date_sub(DATE'%1$s', 7 * %2$d)
                    AND status <> 'cancelled' AND quantity > 0 AND site_code IS NOT NULL
                  GROUP BY 1, 2),
                asked AS (
                  SELECT product_code, site_code FROM sold
                  UNION SELECT product_code, site_code FROM {gold.demand_forecast} WHERE business_date = DATE'%1$s'),
                product AS (
                  SELECT product_code, true AS was_there, max_by(struct(unit, valid_to <= DATE'%1$s' AS is_gone, valid_to, is_active, is_stocked, is_purchasable), valid_from) AS p
                  FROM {product_history} GROUP BY 1),
                terms AS (
                  SELECT t.product_code, bool_and(s.supplier_code IS NOT NULL) AS are_blocked
                  FROM {silver.supplier_product} t
                  LEFT JOIN {silver.supplier} s ON s.supplier_code = t.supplier_code AND NOT s.is_active
                  WHERE coalesce(t.is_active, true) GROUP BY 1)
                SELECT * FROM (
                  SELECT a.product_code, a.site_code, p.p.unit,
                         CASE WHEN p.was_there IS NULL AND %3$s THEN 'no source knows it as a product'
                              WHEN p.was_there IS NULL THEN NULL
                              WHEN p.p.is_gone THEN concat('it was deleted in the ERP on ', p.p.valid_to)
                              WHEN NOT p.p.is_active THEN 'it left the range'
                              WHEN NOT p.p.is_stocked THEN 'it is not stocked'
                              WHEN NOT p.p.is_purchasable THEN 'the ERP does not buy it'
                              WHEN t.are_blocked THEN 'its suppliers are blocked or gone' END AS reason,
                         coalesce(s.units, 0) AS units, s.last_sale
                  FROM asked a
                  LEFT JOIN sold s ON s.product_code = a.product_code AND s.site_code = a.site_code
                  LEFT JOIN product p ON p.product_code = a.product_code
                  LEFT JOIN terms t ON t.product_code = a.product_code)
                WHERE reason IS NOT NULL
                ORDER BY product_code, site_code""".formatted(in.date(), weeks, soldByAKnower(in)), spans).collectAsList().stream()
                .map(Exclusions::excluded)
                .toList();
    }

    private static Excluded excluded(Row row) {
        return new Excluded(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getDouble(4),
                row.isNullAt(5) ? null : row.getDate(5).toLocalDate());
    }

    /** Whether a source sold it that delivers its products, and has done so. */
    private static String soldByAKnower(NightTables in) {
        String knowers = in.systems().entrySet().stream()
                .filter(source -> {
                    Fill fill = source.getValue().fills().get("product");
                    return fill != null && !fill.derived();
                })
                .map(source -> "'" + source.getKey() + "'")
                .collect(Collectors.joining(", "));
        return knowers.isEmpty()
                ? "false"
                : "arrays_overlap(s.sources, (SELECT collect_set(source) FROM {product_history} WHERE source IN (%s)))"
                        .formatted(knowers);
    }
}
