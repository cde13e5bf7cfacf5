package io.millrace.nightly.reorder;

import io.millrace.nightly.decide.AcceptedDecisions;
import io.millrace.nightly.tables.NightTables;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rules by which the ERP reordered before Millrace. Once the ERP has accepted our order points, its rules are ours; what a
 * plan is worth is measured against those from before.
 */
public final class FirstRules {

    private FirstRules() {}

    /**
     * For each product and site, the first rule seen up to the date of the tables that no accepted decision made: product_code, site_code,
     * reorder_point, order_up_to, order_quantity and is_new, true if it is not kept yet. An ERP that counts in whole units
     * may have rounded what it accepted.
     */
    public static Dataset<Row> of(NightTables in) {
        Map<String, Dataset<Row>> accepted = Map.of("accepted", AcceptedDecisions.of(in, "gold.reorder_plan"));
        return in.sql("""
                WITH kept AS (
                  SELECT product_code, site_code,
                         min_by(struct(reorder_point, order_up_to, order_quantity), business_date) AS r
                  FROM {gold.first_rule} WHERE business_date < DATE'%1$s' GROUP BY 1, 2)
                SELECT product_code, site_code, r.reorder_point, r.order_up_to, r.order_quantity, false AS is_new
                FROM kept
                UNION ALL
                SELECT n.product_code, n.site_code, n.reorder_point, n.order_up_to, n.order_quantity, true
                FROM {silver.reorder_rule} n
                LEFT ANTI JOIN kept k ON k.product_code = n.product_code AND k.site_code = n.site_code
                LEFT ANTI JOIN {accepted} a ON a.product_code = n.product_code AND a.site_code = n.site_code
                  AND abs(a.reorder_point - n.reorder_point) < 1
                  AND abs(a.order_up_to - coalesce(n.order_up_to, a.order_up_to)) < 1""".formatted(in.date()), accepted);
    }

    /** Those that this night is the first to see, as rows of {@code gold.first_rule}. */
    static Dataset<Row> unseen(NightTables in, Dataset<Row> rules) {
        return rules.filter("is_new")
                .selectExpr(
                        "DATE'" + in.date() + "' AS business_date",
                        "product_code",
                        "site_code",
                        "reorder_point",
                        "order_up_to",
                        "order_quantity");
    }
}
