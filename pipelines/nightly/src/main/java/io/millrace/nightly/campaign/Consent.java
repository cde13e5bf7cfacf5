package io.millrace.nightly.campaign;

import io.millrace.contracts.Failure;
import io.millrace.nightly.tables.NightTables;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who may be contacted. What is not known is a no: where any source has ever said who opted out, or who is active, a customer of whom nobody says
 * so now is left alone. A refusal lasts until the source that told of it takes it back; another source, or a row without the column, does not.
 */
final class Consent {

    private static final String CUSTOMER = "silver.customer";

    /** What each source says of customers, if several do. */
    static final String OF_EACH_SOURCE = CUSTOMER + "_by_source";

    private Consent() {}

    /**
     * A row for each customer: {@code customer_code}, {@code refused} (opted out, deactivated, or merged into another) and
     * {@code unknown}.
     *
     * @throws Failure of kind DATA if what was told before is no longer told of anybody
     */
    static Dataset<Row> of(NightTables in) {
        Map<String, Dataset<Row>> history =
                Map.of("history", in.history(in.exists(OF_EACH_SOURCE) ? OF_EACH_SOURCE : CUSTOMER));
        Row told = in.sql("""
                SELECT coalesce(bool_or(h.is_opted_out IS NOT NULL), false), coalesce(bool_or(h.is_active IS NOT NULL), false),
                       (SELECT count(is_opted_out) FROM {silver.customer}), (SELECT count(is_active) FROM {silver.customer}),
                       (SELECT count(*) FROM {silver.customer})
                FROM {history} h""", history).first();
        requireStill("is_opted_out", told.getBoolean(0), told.getLong(2), told.getLong(4));
        requireStill("is_active", told.getBoolean(1), told.getLong(3), told.getLong(4));
        return in.sql("""
                WITH last AS (
                  SELECT customer_code, source, max_by(is_opted_out, valid_from) FILTER (WHERE is_opted_out IS NOT NULL) AS refused
                  FROM {history} GROUP BY customer_code, source),
                refusal AS (SELECT customer_code, bool_or(refused) AS refused FROM last GROUP BY customer_code)
                SELECT c.customer_code,
                       coalesce(r.refused, false) OR NOT coalesce(c.is_active, true) OR c.replaced_by IS NOT NULL AS refused,
                       %1$s AND c.is_opted_out IS NULL OR %2$s AND c.is_active IS NULL AS unknown
                FROM {silver.customer} c LEFT JOIN refusal r ON r.customer_code = c.customer_code""".formatted(told.getBoolean(0), told.getBoolean(1)), history);
    }

    private static void requireStill(String column, boolean before, long now, long customers) {
        if (before && now == 0 && customers > 0) {
            throw Failure.data(
                    "%s of %s was delivered before and is told of nobody now: whoever refused to be contacted would be contacted. Nobody is; deliver the column again"
                            .formatted(column, CUSTOMER));
        }
    }
}
