package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.OnOrder;
import io.millrace.nightly.decide.AcceptedDecisions;
import io.millrace.nightly.tables.NightTables;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** What the ERP has accepted, and what it has ordered, of each product and site. */
final class OpenOrders implements Serializable {

    /** An accepted order that the ERP does not report as placed after so many days is not counted on any longer. */
    private static final int DAYS_TO_PLACE = 7;

    /** An open line that is older was forgotten and not delivered. */
    private static final int DAYS_OPEN = 365;

    private final Map<String, List<OnOrder.Accepted>> accepted = new HashMap<>();
    private final Map<String, List<OnOrder.Placed>> placed = new HashMap<>();

    OpenOrders(NightTables in) {
        List<Row> rows = in.sql(
                        """
                SELECT product_code, site_code, true AS is_accepted, business_date AS day, CAST(NULL AS date) AS known_on,
                       CAST(order_quantity AS double) AS quantity, 0D AS expected, 0D AS open
                FROM {accepted}
                WHERE order_quantity > 0 AND need_by_date >= DATE'%1$s' AND business_date >= date_sub(DATE'%1$s', %2$d)
                UNION ALL
                SELECT product_code, site_code, false, order_date, _known_on, CAST(greatest(quantity, 0) AS double),
                       CAST(greatest(CASE status WHEN 'cancelled' THEN 0
                                                 WHEN 'done' THEN coalesce(received_quantity, quantity)
                                                 ELSE quantity END, 0) AS double),
                       CAST(CASE WHEN status IN ('cancelled', 'done') THEN 0
                                 ELSE greatest(quantity - coalesce(received_quantity, 0), 0) END AS double)
                FROM {silver.purchase_line}
                WHERE order_date <= DATE'%1$s' AND order_date > date_sub(DATE'%1$s', %3$d)
                  AND (status NOT IN ('cancelled', 'done') OR order_date >= date_sub(DATE'%1$s', %2$d))""".formatted(in.date(), DAYS_TO_PLACE, DAYS_OPEN),
                        Map.of("accepted", AcceptedDecisions.of(in, "gold.reorder_plan")))
                .collectAsList();
        Map<String, Set<String>> sites = new HashMap<>();
        rows.stream().filter(row -> row.getBoolean(2)).forEach(row -> {
            sites.computeIfAbsent(row.getString(0), p -> new TreeSet<>()).add(row.getString(1));
            accepted.computeIfAbsent(ReorderLines.key(row.getString(0), row.getString(1)), k -> new ArrayList<>())
                    .add(new OnOrder.Accepted(day(row, 3), row.getDouble(5)));
        });
        rows.stream().filter(row -> !row.getBoolean(2)).forEach(row -> {
            OnOrder.Placed order = new OnOrder.Placed(
                    day(row, 3),
                    row.isNullAt(4) ? day(row, 3) : day(row, 4),
                    row.getDouble(5),
                    row.getDouble(6),
                    row.getDouble(7));
            // An order that names no warehouse is for the one that a decision was accepted for.
            Set<String> warehouses =
                    row.isNullAt(1) ? sites.getOrDefault(row.getString(0), Set.of()) : Set.of(row.getString(1));
            warehouses.stream()
                    .limit(1)
                    .forEach(site -> placed.computeIfAbsent(
                                    ReorderLines.key(row.getString(0), site), k -> new ArrayList<>())
                            .add(order));
        });
    }

    private static LocalDate day(Row row, int column) {
        return row.getDate(column).toLocalDate();
    }

    /** See {@link OnOrder#units}. @param key product and site */
    double units(String key, LocalDate counted, boolean areAnnounced) {
        return OnOrder.units(
                counted, areAnnounced, accepted.getOrDefault(key, List.of()), placed.getOrDefault(key, List.of()));
    }
}
