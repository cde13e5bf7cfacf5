package io.millrace.nightly.publish;

import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.contracts.Failure;
import io.millrace.lake.Once;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads back what the ERP decided about what was published before. */
public final class FeedbackStage implements Stage {

    private static final String FEEDBACK = "ops.decision_feedback";

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
        return List.of(FEEDBACK);
    }

    @Override
    public String heeds(Night night) {
        try {
            return decided(night).stream()
                    .map(d -> d.decisionId() + d.state())
                    .sorted()
                    .toList()
                    .toString();
        } catch (Failure e) {
            return e.getMessage();
        }
    }

    /**
     * A database that does not answer costs no decision: the night decides with the answers that it has, and what the ERP has accepted
     * meanwhile is left out when the plan is published.
     */
    @Override
    public Outcome run(Night night) {
        List<DecidedRow> decided;
        try {
            decided = decided(night);
        } catch (Failure e) {
            return Outcome.of(0, 0, "the ERP's answers are not known").but(new Refused(e, Set.of()));
        }
        if (decided.isEmpty()) {
            return Outcome.of(0, 0, "no answers");
        }
        Map<String, String> known = known(night);
        List<DecidedRow> unknown = decided.stream()
                .filter(d -> !d.state().name().equals(known.get(d.decisionId())))
                .toList();
        if (!unknown.isEmpty()) {
            List<Row> rows = unknown.stream().map(d -> row(night, d)).toList();
            Once once = Once.of("feedback", rows.stream().map(Row::toString).toList());
            night.lake().appendRows(FEEDBACK, rows, once);
        }
        return Outcome.of(decided.size(), unknown.size(), "");
    }

    /** Decision → its last answer. Answers that an older version read without what they answer are read once more. */
    private static Map<String, String> known(Night night) {
        Map<String, String> known = new HashMap<>();
        night.lake()
                .read(FEEDBACK)
                .filter("content IS NOT NULL")
                .groupBy("decision_id")
                .agg(expr("max_by(state, struct(business_date, decided_at))"))
                .collectAsList()
                .forEach(r -> known.put(r.getString(0), r.getString(1)));
        return known;
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
                Date.valueOf(night.date()),
                Date.valueOf(d.businessDate()),
                json(d.content()));
    }

    private static String json(Map<String, Object> content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        content.forEach((column, value) -> {
            if (value instanceof Integer number) {
                json.put(column, number);
            } else if (value instanceof BigDecimal number) {
                json.put(column, number.toPlainString());
            } else if (value != null) {
                json.put(column, value.toString());
            }
        });
        return json.toString();
    }
}
