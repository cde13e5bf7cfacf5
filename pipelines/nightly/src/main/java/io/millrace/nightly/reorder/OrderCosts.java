package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.OrderCost;
import io.millrace.decisions.reorder.OrderCost.Habit;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;

/** What an order line costs: as configured, else as the company's sales and purchases up to a date say. */
public final class OrderCosts {

    private OrderCosts() {}

    /**
     * The cost as known on a date.
     *
     * @param in the tables of a night on that date, or of a later one
     */
    public static OrderCost of(NightTables in, LocalDate date, Settings.Reorder settings) {
        if (settings.orderCost() != null) {
            return OrderCost.given(settings.orderCost());
        }
        return OrderCost.implied(in.sql("""
                WITH sold AS (
                  SELECT product_code, site_code,
                         CAST(sum(quantity) FILTER (WHERE order_date > date_sub(DATE'%1$s', 364)) AS double)
                           / least(52, greatest(1, (datediff(DATE'%1$s', min(order_date)) + 1) / 7)) AS weekly
                  FROM {silver.sales_line}
                  WHERE order_date <= DATE'%1$s' AND _known_on <= DATE'%1$s' AND status <> 'cancelled' AND quantity > 0
                    AND site_code IS NOT NULL
                  GROUP BY 1, 2),
                lot AS (
                  SELECT product_code, percentile(CAST(quantity AS double), 0.5) AS usual
                  FROM {silver.purchase_line}
                  WHERE order_date <= DATE'%1$s' AND order_date > date_sub(DATE'%1$s', 364) AND _known_on <= DATE'%1$s'
                    AND status <> 'cancelled' AND quantity > 0
                  GROUP BY 1),
                price AS (
                  SELECT product_code, min_by(unit_price, struct(coalesce(preference, 1000), unit_price, supplier_code)) AS unit_price
                  FROM {silver.supplier_product} WHERE coalesce(is_active, true) AND unit_price IS NOT NULL GROUP BY 1)
                SELECT coalesce(s.weekly, 0), CAST(coalesce(b.unit_price, p.cost_price, p.list_price, 0) AS double),
                       coalesce(l.usual, 0)
                FROM sold s
                JOIN {silver.product} p ON p.product_code = s.product_code AND coalesce(p.is_stocked, true)
                LEFT JOIN price b ON b.product_code = s.product_code
                LEFT JOIN lot l ON l.product_code = s.product_code""".formatted(date)).collectAsList().stream()
                .map(row -> new Habit(row.getDouble(0), row.getDouble(1) * settings.holdingRate(), row.getDouble(2)))
                .toList());
    }
}
