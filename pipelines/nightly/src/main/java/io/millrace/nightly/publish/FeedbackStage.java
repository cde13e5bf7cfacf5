package io.millrace.nightly.publish;

import io.millrace.lake.Once;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads back what the ERP decided about what was published before. */
public final class FeedbackStage implements Stage {

    @Override
    public String name() {
        return "ingest-feedback";
    }

    @Override
    public String about() {
        return "read the ERP's answers to earlier decisions";
    }

    @Override
    public List<String> reads() {
        return List.of();
    }

    @Override
    public List<String> writes() {
        return List.of("ops.decision_feedback");
    }

    @Override
    public String heeds(Night night) {
        return decided(night).stream()
                .map(d -> d.decisionId() + d.state())
                .sorted()
                .toList()
                .toString();
    }

    @Override
    public Outcome run(Night night) {
        List<DecidedRow> decided = decided(night);
        if (decided.isEmpty()) {
            return Outcome.of(0, 0, "no answers");
        }
        Set<String> known = new HashSet<>();
        night.lake()
                .read("ops.decision_feedback")
                .select("decision_id", "state")
                .collectAsList()
                .forEach(r -> known.add(r.getString(0) + r.getString(1)));
        List<Row> rows = decided.stream()
                .filter(d -> !known.contains(d.decisionId() + d.state()))
                .map(d -> row(night, d))
                .toList();
        if (!rows.isEmpty()) {
            night.lake()
                    .appendRows(
                            "ops.decision_feedback",
                            rows,
                            new Once("feedback", night.ledger().unfolded().lastEvent()));
        }
        return Outcome.of(decided.size(), rows.size(), "");
    }

    private static List<DecidedRow> decided(Night night) {
        var staging = night.settings().staging();
        if (staging.database() == null) {
            return List.of();
        }
        StagingSchema schema = new StagingSchema(staging.schema());
        List<String> missing = schema.missing(staging.database()::connect);
        boolean isNew = missing.stream().anyMatch(m -> m.startsWith("schema ") || m.equals("table batch"));
        return isNew ? List.of() : new StagingFeedback(schema).read(staging.database()::connect, LocalDate.EPOCH);
    }

    private static Row row(Night night, DecidedRow d) {
        return RowFactory.create(
                d.kind().tableName(),
                d.decisionId(),
                d.batchId(),
                d.state().name(),
                d.stateReason(),
                d.decidedAt() == null ? null : Timestamp.from(d.decidedAt()),
                Date.valueOf(night.date()));
    }
}
