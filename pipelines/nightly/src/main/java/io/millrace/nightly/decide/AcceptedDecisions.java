package io.millrace.nightly.decide;

import io.millrace.lake.Lake;
import io.millrace.nightly.plan.Night;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decisions of earlier nights that the ERP has accepted, for a night that has to know what is already under way. What
 * waits in the staging schema without an answer is not: tonight's plan takes its place there.
 */
final class AcceptedDecisions {

    private AcceptedDecisions() {}

    /**
     * The rows of a plan's gold table.
     *
     * @param table table of shape DATED with {@code decision_id}
     */
    static Dataset<Row> of(Night night, String table) {
        return of(night.lake(), night.date(), table);
    }

    /** The same as known on a date. */
    static Dataset<Row> of(Lake lake, LocalDate date, String table) {
        Dataset<Row> accepted = lake.read("ops.decision_feedback")
                .filter("state = 'ACCEPTED' AND business_date <= DATE'" + date + "'")
                .select("decision_id")
                .distinct();
        return lake.read(table).filter("business_date < DATE'" + date + "'").join(accepted, "decision_id");
    }
}
