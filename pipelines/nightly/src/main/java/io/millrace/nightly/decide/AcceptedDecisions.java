package io.millrace.nightly.decide;

import io.millrace.nightly.tables.NightTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decisions of earlier nights that the ERP has accepted, for a night that has to know what is already under way. What
 * waits in the staging schema without an answer is not: tonight's plan takes its place there.
 */
public final class AcceptedDecisions {

    private AcceptedDecisions() {}

    /**
     * The rows of a plan's gold table, as known to the night.
     *
     * @param table table of shape DATED with {@code decision_id}
     */
    public static Dataset<Row> of(NightTables in, String table) {
        Dataset<Row> accepted = in.table("ops.decision_feedback")
                .filter("state = 'ACCEPTED'")
                .select("decision_id")
                .distinct();
        return in.table(table).filter("business_date < DATE'" + in.date() + "'").join(accepted, "decision_id");
    }
}
