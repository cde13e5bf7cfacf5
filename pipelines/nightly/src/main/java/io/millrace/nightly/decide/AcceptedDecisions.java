package io.millrace.nightly.decide;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;

import io.millrace.nightly.tables.NightTables;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Decisions of earlier nights that the ERP has answered, for a night that has to know what is already under way. What
 * waits in the staging schema without an answer is not: tonight's plan takes its place there. They are read from what was published,
 * not from gold, where a corrected night may have decided otherwise since.
 */
public final class AcceptedDecisions {

    private AcceptedDecisions() {}

    /** Those that it accepted. @param table gold table of shape DATED with {@code decision_id} */
    public static Dataset<Row> of(NightTables in, String table) {
        return of(in, table, "state = 'ACCEPTED'");
    }

    /**
     * Decisions as published, with the columns of their gold table that the staging schema has; the others are empty.
     *
     * @param table gold table of shape DATED with {@code decision_id}
     * @param state condition on the {@code state} that the ERP gave them
     */
    public static Dataset<Row> of(NightTables in, String table, String state) {
        String kind = table.substring(table.indexOf('.') + 1);
        StructType published = new StructType(Arrays.stream(
                        in.table(table).schema().fields())
                .filter(f -> !f.name().equals("decision_id") && !f.name().equals("business_date"))
                .toArray(StructField[]::new));
        // An ERP may change its mind: its last answer counts.
        return in.table("ops.decision_feedback")
                .filter("kind = '" + kind + "' AND content IS NOT NULL")
                .groupBy("decision_id")
                .agg(expr("max_by(struct(state, decided_for, content), struct(business_date, decided_at))")
                        .as("last"))
                .selectExpr("decision_id", "last.state", "last.decided_for AS business_date", "last.content")
                .filter(state)
                .filter("business_date < DATE'" + in.date() + "'")
                .select(
                        col("decision_id"),
                        col("business_date"),
                        from_json(col("content"), published, Map.<String, String>of())
                                .as("content"))
                .select("decision_id", "business_date", "content.*");
    }
}
