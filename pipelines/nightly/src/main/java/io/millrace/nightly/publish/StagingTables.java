package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.StagingColumn.date;
import static io.millrace.nightly.publish.StagingColumn.decimal;
import static io.millrace.nightly.publish.StagingColumn.integer;
import static io.millrace.nightly.publish.StagingColumn.text;
import static io.millrace.nightly.publish.StagingColumn.timestamp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every table of the staging schema. A new kind of decision is one more table here and one more constant of
 * {@link BatchKind}.
 */
final class StagingTables {

    private static final int CODE = 100;
    private static final int HASH = 64;
    private static final int SENTENCE = 1000;

    /** Columns before and behind those of the decision itself. */
    static final List<StagingColumn> HEAD =
            List.of(text("batch_id", HASH).notNull(), text("decision_id", HASH).notNull());

    static final List<StagingColumn> TAIL =
            List.of(text("state", 16).notNull(), text("state_reason", SENTENCE), timestamp("decided_at"));

    /** {@code revision} numbers the batches of a kind and business date from 1 in the order of publishing. */
    static final StagingTable BATCH = new StagingTable(
            "batch",
            List.of(
                    text("batch_id", HASH).notNull(),
                    text("kind", 32).notNull(),
                    date("business_date").notNull(),
                    integer("revision").notNull(),
                    integer("row_count").notNull(),
                    text("content_hash", HASH).notNull(),
                    text("model_versions", SENTENCE),
                    text("run_id", CODE).notNull(),
                    timestamp("created_at").notNull(),
                    text("state", 16).notNull()),
            "batch_id",
            List.of("kind", "business_date", "revision"),
            null,
            names(BatchState.values()));

    static final StagingTable REORDER_PLAN = decisions(
            "reorder_plan",
            text("product_code", CODE).notNull(),
            text("site_code", CODE).notNull(),
            text("supplier_code", CODE),
            decimal("order_quantity", 18, 3).notNull(),
            text("unit", 32),
            date("order_date").notNull(),
            date("need_by_date").notNull(),
            decimal("reorder_point", 18, 3).notNull(),
            decimal("order_up_to", 18, 3).notNull(),
            decimal("safety_stock", 18, 3).notNull(),
            decimal("expected_cost", 18, 2).notNull(),
            decimal("baseline_cost", 18, 2).notNull(),
            text("reason", SENTENCE).notNull());

    static final StagingTable CAMPAIGN_TARGET = decisions(
            "campaign_target",
            text("customer_code", CODE).notNull(),
            text("campaign_code", CODE).notNull(),
            text("channel", 32).notNull(),
            text("content", SENTENCE),
            date("send_on").notNull(),
            decimal("expected_value", 18, 4).notNull(),
            decimal("propensity", 11, 10).notNull(),
            decimal("churn_probability", 11, 10),
            text("segment", CODE),
            text("reason", SENTENCE).notNull());

    static final StagingTable ROUTE_STOP = decisions(
            "route_stop",
            integer("route_no").notNull(),
            integer("stop_no").notNull(),
            text("vehicle_code", CODE).notNull(),
            text("site_code", CODE).notNull(),
            text("shipment_code", CODE),
            timestamp("arrival_at"),
            decimal("load_after", 18, 3),
            decimal("distance_km", 12, 3),
            text("reason", SENTENCE).notNull());

    static final StagingTable ALERT = decisions(
            "alert",
            text("severity", 16).notNull(),
            text("subject_type", 32).notNull(),
            text("subject_code", CODE).notNull(),
            text("metric", CODE).notNull(),
            decimal("observed", 24, 6),
            decimal("expected", 24, 6),
            decimal("score", 24, 6).notNull(),
            text("reason", SENTENCE).notNull());

    static final List<StagingTable> ALL = List.of(BATCH, REORDER_PLAN, CAMPAIGN_TARGET, ROUTE_STOP, ALERT);

    private StagingTables() {}

    private static StagingTable decisions(String name, StagingColumn... own) {
        List<StagingColumn> columns = new ArrayList<>(HEAD);
        columns.addAll(Arrays.asList(own));
        columns.addAll(TAIL);
        return new StagingTable(name, columns, "decision_id", List.of(), "batch_id", names(RowState.values()));
    }

    private static List<String> names(Enum<?>[] states) {
        return Stream.of(states).map(Enum::name).toList();
    }
}
