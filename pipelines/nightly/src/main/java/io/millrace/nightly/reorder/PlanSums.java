package io.millrace.nightly.reorder;

import static org.apache.spark.sql.functions.col;

import io.millrace.decisions.reorder.OrderCeilings;
import io.millrace.decisions.reorder.OrderCeilings.Named;
import io.millrace.decisions.reorder.OrderCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the lines of a plan come to.
 *
 * @param orders          lines that order something, held ones among them
 * @param value           what they cost
 * @param heldLines       lines that are held
 * @param heldValue       what those would cost
 * @param freeOrders      lines that order something and are not held
 * @param freeValue       what those cost
 * @param expected        model price a year
 * @param baseline        model price a year of the baselines
 * @param cheaper         lines whose baseline prices cheaper
 * @param littleKnown     lines that rest on fewer weeks with demand than a history can be judged by
 * @param ruled           lines whose baseline is a rule of the ERP
 * @param lines           all
 * @param sitesNotCounted sites of which no stock is known, and whose shelves are not assumed to be empty
 */
record PlanSums(
        long orders,
        double value,
        long heldLines,
        double heldValue,
        long freeOrders,
        double freeValue,
        double expected,
        double baseline,
        long cheaper,
        long littleKnown,
        long ruled,
        long lines,
        List<String> sitesNotCounted) {

    /** The sums of lines as {@link PlanRows} writes them. */
    static PlanSums of(Dataset<Row> lines) {
        Row sums = lines.selectExpr(
                        "count_if(orders)",
                        "coalesce(sum(value), 0D)",
                        "count_if(held)",
                        "coalesce(sum(value) FILTER (WHERE held), 0D)",
                        "count_if(orders AND NOT held)",
                        "coalesce(sum(value) FILTER (WHERE NOT held), 0D)",
                        "coalesce(sum(expected), 0D)",
                        "coalesce(sum(baseline), 0D)",
                        "count_if(baseline < expected)",
                        "count_if(NOT known)",
                        "count_if(ruled)",
                        "count(*)",
                        "sort_array(collect_set(line.site_code) FILTER (WHERE NOT counted))")
                .first();
        return new PlanSums(
                sums.getLong(0),
                sums.getDouble(1),
                sums.getLong(2),
                sums.getDouble(3),
                sums.getLong(4),
                sums.getDouble(5),
                sums.getDouble(6),
                sums.getDouble(7),
                sums.getLong(8),
                sums.getLong(9),
                sums.getLong(10),
                sums.getLong(11),
                sums.getList(12));
    }

    /** Why the plan as a whole is to be refused; empty if it is within its ceiling. */
    Optional<String> breach(OrderCeilings ceilings, double companySales, Dataset<Row> lines) {
        return ceilings.breachOfPlan(freeValue, freeOrders, () -> largest(lines), companySales);
    }

    private static List<Named> largest(Dataset<Row> lines) {
        return lines
                .filter("orders AND NOT held")
                .selectExpr("line.product_code", "line.site_code", "value")
                .orderBy(col("value").desc(), col("product_code"), col("site_code"))
                .limit(OrderCeilings.ORDERS_NAMED)
                .collectAsList()
                .stream()
                .map(row -> new Named(row.getString(0), row.getString(1), row.getDouble(2)))
                .toList();
    }

    /**
     * The line about the plan.
     *
     * @param excluded products and sites that sold and get no order
     */
    String note(Optional<String> refusal, OrderCost orderCost, int excluded) {
        List<String> parts = new ArrayList<>();
        refusal.ifPresent(why -> parts.add("REFUSED: " + why));
        parts.add("%,d orders worth %,.2f".formatted(orders, value));
        if (heldLines > 0) {
            parts.add("%,d of them worth %,.2f are held, see millrace held list".formatted(heldLines, heldValue));
        }
        parts.add("model price %,.0f a year and %,.0f under %s".formatted(expected, baseline, rules()));
        parts.add("%,d lines are cheaper under it".formatted(cheaper));
        parts.add("%,d rest on fewer than eight weeks with demand".formatted(littleKnown));
        if (excluded > 0) {
            parts.add("%,d sold and get no order".formatted(excluded));
        }
        if (!sitesNotCounted.isEmpty()) {
            parts.add("no stock is known for %s, so nothing is ordered there: deliver stock_level, or set"
                            .formatted(String.join(", ", sitesNotCounted))
                    + " reorder.assume-empty-shelves: true");
        }
        parts.add(orderCost.sentence());
        return String.join("; ", parts);
    }

    private String rules() {
        if (ruled == 0) {
            return "a moving-average rule (the ERP has none)";
        }
        return ruled == lines
                ? "the ERP's rules"
                : "the ERP's rules for %,d lines and a moving-average rule for the others".formatted(ruled);
    }
}
