package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.StagingColumn.date;
import static io.millrace.nightly.publish.StagingColumn.integer;
import static io.millrace.nightly.publish.StagingColumn.text;
import static io.millrace.nightly.publish.StagingColumn.timestamp;

import io.millrace.contracts.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every table of the staging schema: the batches, and what the contracts of gold say of each kind of decision ({@link Staging}). */
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

    private StagingTables() {}

    /** The batches first, then a table for each kind of decision. */
    static List<StagingTable> all() {
        return Stream.concat(Stream.of(BATCH), BatchKind.all().stream().map(BatchKind::table))
                .toList();
    }

    static StagingTable decisions(String name, Staging staging) {
        List<StagingColumn> columns = new ArrayList<>(HEAD);
        staging.columns().stream().map(StagingTables::column).forEach(columns::add);
        columns.addAll(TAIL);
        return new StagingTable(name, columns, "decision_id", List.of(), "batch_id", names(RowState.values()));
    }

    private static StagingColumn column(Staging.Column column) {
        return new StagingColumn(
                column.name(),
                SqlType.valueOf(column.type().name()),
                column.size(),
                column.scale(),
                !column.required());
    }

    private static List<String> names(Enum<?>[] states) {
        return Stream.of(states).map(Enum::name).toList();
    }
}
