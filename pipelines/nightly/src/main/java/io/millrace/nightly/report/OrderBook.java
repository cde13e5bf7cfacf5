package io.millrace.nightly.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** What several sections say of the orders, read once for all of them. */
public final class OrderBook {

    /** Where the orders are. */
    public static final String PLAN = "gold.reorder_plan";

    /** Nights that sums are kept of. */
    static final int NIGHTS = 30;

    private static final String LINES = """
            SELECT product_code, site_code, supplier_code, order_quantity, order_value, need_by_date, state, reason, held_reason, lines
            FROM (SELECT *, row_number() OVER (PARTITION BY state ORDER BY order_value DESC, product_code, site_code) AS rank,
                         count(*) OVER (PARTITION BY state) AS lines
                  FROM {gold.reorder_plan} WHERE business_date = :night AND (order_quantity > 0 OR state = 'held'))
            WHERE rank <= %d""".formatted(ReportNight.MOST);

    private static final String SUMS = """
            SELECT business_date, coalesce(supplier_code, '') AS supplier, count(*) AS lines,
                   count_if(order_quantity > 0 AND state = 'planned') AS orders,
                   coalesce(sum(IF(state = 'planned', CAST(order_value AS double), 0.0D)), 0.0D) AS value,
                   coalesce(sum(CAST(expected_cost AS double)), 0.0D) AS expected_cost,
                   coalesce(sum(CAST(baseline_cost AS double)), 0.0D) AS baseline_cost,
                   coalesce(sum(CAST(expected_holding AS double)), 0.0D) AS expected_holding,
                   coalesce(sum(CAST(expected_shortage AS double)), 0.0D) AS expected_shortage,
                   coalesce(sum(CAST(expected_ordering AS double)), 0.0D) AS expected_ordering,
                   coalesce(sum(CAST(baseline_holding AS double)), 0.0D) AS baseline_holding,
                   coalesce(sum(CAST(baseline_shortage AS double)), 0.0D) AS baseline_shortage,
                   coalesce(sum(CAST(baseline_ordering AS double)), 0.0D) AS baseline_ordering,
                   count_if(expected_cost > baseline_cost) AS dearer
            FROM {gold.reorder_plan} WHERE business_date > date_sub(:night, %d) AND business_date <= :night
            GROUP BY 1, 2""".formatted(NIGHTS);

    private OrderBook() {}

    /**
     * Tonight's lines of some states, the largest order first, {@value ReportNight#MOST} of each state at the most: product_code, site_code,
     * supplier_code, order_quantity, order_value, need_by_date, state, reason, held_reason, and lines, how many there are of the state.
     */
    public static List<Row> lines(ReportNight night, Predicate<String> states) {
        return night.has(PLAN)
                ? night.rows(LINES).stream()
                        .filter(row -> states.test(row.getAs("state")))
                        .sorted((a, b) -> b.getDecimal(4).compareTo(a.getDecimal(4)))
                        .toList()
                : List.of();
    }

    /**
     * Sums of the last nights, this one included, a row for each night and supplier: supplier (empty if none is known), lines, orders,
     * value of the orders, expected_cost, baseline_cost and the parts of both, dearer: lines that are cheaper under the baseline.
     */
    public static Map<LocalDate, List<Row>> sums(ReportNight night) {
        return night.has(PLAN)
                ? night.rows(SUMS).stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getDate(0).toLocalDate(), TreeMap::new, Collectors.toList()))
                : Map.of();
    }

    /** A sum over all suppliers of a night. @param name column of {@link #sums} */
    public static double total(List<Row> suppliers, String name) {
        return suppliers.stream()
                .mapToDouble(row -> ((Number) row.getAs(name)).doubleValue())
                .sum();
    }
}
