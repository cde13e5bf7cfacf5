package io.millrace.nightly.reorder;

import io.millrace.nightly.decide.AcceptedDecisions;
import io.millrace.nightly.tables.NightTables;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The policies that the ERP has from earlier nights: of each product and site the one that it answered last, accepted or
 * rejected, because it needs not be told the same again; else its own rule; else none. What was published and waits for an
 * answer does not stand: tonight's batch takes its place, and so has to say it again.
 */
final class StandingPolicies implements Serializable {

    /**
     * When and up to which level to order, and from whom.
     *
     * @param supplier code, null for nobody
     */
    record Policy(BigDecimal reorderPoint, BigDecimal orderUpTo, String supplier) implements Serializable {

        /** Whether it never orders. */
        boolean isNone() {
            return orderUpTo.signum() <= 0;
        }

        private boolean hasLevelsOf(Policy other) {
            return reorderPoint.compareTo(other.reorderPoint) == 0 && orderUpTo.compareTo(other.orderUpTo) == 0;
        }
    }

    /** @param isRule an ERP's own rule names no supplier */
    private record Standing(Policy policy, boolean isRule) implements Serializable {}

    private final Map<String, Standing> standing = new HashMap<>();

    StandingPolicies(NightTables in) {
        Map<String, Dataset<Row>> answered =
                Map.of("answered", AcceptedDecisions.of(in, "gold.reorder_plan", "state IN ('ACCEPTED', 'REJECTED')"));
        in.sql("""
                WITH newest AS (
                  SELECT product_code, site_code, max_by(struct(reorder_point, order_up_to, supplier_code), business_date) AS p
                  FROM {answered} GROUP BY 1, 2)
                SELECT product_code, site_code, a.p IS NULL,
                       coalesce(a.p.reorder_point, r.reorder_point),
                       coalesce(a.p.order_up_to, r.order_up_to, r.reorder_point + r.order_quantity, r.reorder_point),
                       a.p.supplier_code
                FROM newest a FULL OUTER JOIN {silver.reorder_rule} r USING (product_code, site_code)""", answered).collectAsList().forEach(this::add);
    }

    private void add(Row row) {
        standing.put(
                ReorderLines.key(row.getString(0), row.getString(1)),
                new Standing(new Policy(row.getDecimal(3), row.getDecimal(4), row.getString(5)), row.getBoolean(2)));
    }

    /** Whether a policy is not the one that stands. One that never orders changes nothing if none stands. */
    boolean isChange(String product, String site, Policy policy) {
        Standing now = standing.get(ReorderLines.key(product, site));
        if (now == null || now.policy().isNone() || policy.isNone()) {
            return !(policy.isNone() && (now == null || now.policy().isNone()));
        }
        return !policy.hasLevelsOf(now.policy())
                || !now.isRule()
                        && !Objects.equals(policy.supplier(), now.policy().supplier());
    }
}
