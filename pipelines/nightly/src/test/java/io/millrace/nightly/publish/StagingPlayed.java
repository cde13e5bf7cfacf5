package io.millrace.nightly.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.nightly.publish.StagingHistory.Lost;
import io.millrace.nightly.publish.StagingHistory.Step;
import io.millrace.nightly.publish.StagingModel.Batch;
import io.millrace.nightly.publish.StagingModel.Line;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A history as it happens to a staging schema and to the model. */
final class StagingPlayed {

    private static final List<String> TABLES = List.of("batch", "reorder_plan");

    private final StagingDatabase database;
    private final StagingModel model = new StagingModel();
    private boolean isBackedUp;

    StagingPlayed(StagingDatabase database) {
        this.database = database;
    }

    /** @throws AssertionError where the schema does not hold what the model says */
    void play(List<Step> history) throws SQLException {
        for (Step step : history) {
            play(step);
        }
    }

    private void play(Step step) throws SQLException {
        if (step instanceof Step.Read) {
            model.read(new StagingFeedback(database.schema)
                    .read(database.owner(), LocalDate.EPOCH).stream()
                            .map(DecidedRow::decisionId)
                            .collect(Collectors.toSet()));
        } else if (step instanceof Step.Decide d) {
            model.decide(d.day(), d.plan());
        } else if (step instanceof Step.Publish p && model.plan(p.day()).isPresent()) {
            publish(p);
        } else if (step instanceof Step.Answer a) {
            database.erp(
                    "UPDATE $reorder_plan SET state = '%s', state_reason = 'said so' WHERE state = 'NEW' AND product_code = '%s'"
                            .formatted(a.state(), a.product()));
        } else if (step instanceof Step.TakeOver t) {
            database.erp("UPDATE $batch SET state = '%s' WHERE state = 'READY'".formatted(t.state()));
        } else if (step instanceof Step.BackUp) {
            backUp();
        } else if (step instanceof Step.Restore && isBackedUp) {
            restore();
        } else if (step instanceof Step.Empty e) {
            empty(e.batches(), e.rows());
        } else if (step instanceof Step.Delete d) {
            database.erp("DELETE FROM $reorder_plan WHERE product_code = '%s'".formatted(d.product()));
        } else if (step instanceof Step.TakeBack t) {
            takeBack(t.day());
        }
    }

    private void publish(Step.Publish step) throws SQLException {
        int day = step.day();
        List<Batch> batches = batches();
        boolean isLate = StagingModel.isLate(day, batches);
        List<List<Object>> before = database.everything();
        Set<String> expected = model.published(day, lines());
        List<List<Object>> answered = answered();

        StagingBatch batch = batch(day);
        Basis basis = new Basis(model.knew(day), List.of("product_code", "site_code"));
        database.publisher.publish(
                step.lost() == Lost.NEVER ? database.owner() : database.lost(1, step.lost()), batch, basis);

        if (isLate) {
            assertThat(database.everything())
                    .as("%s, while a later plan stands", step)
                    .isEqualTo(before);
        } else {
            assertThat(standing()).as("%s", step).isEqualTo(expected);
            assertThat(answered()).as("%s: what was answered", step).isEqualTo(answered);
            assertThat(StagingModel.wrong(day, lines(), batches()))
                    .as("%s", step)
                    .isNull();
        }
        List<List<Object>> after = database.everything();
        assertThat(database.publisher.publish(database.owner(), batch, basis).alreadyPublished())
                .as("%s once more", step)
                .isTrue();
        assertThat(database.everything()).as("%s once more", step).isEqualTo(after);
    }

    private StagingBatch batch(int day) {
        List<StagingRow> rows = new ArrayList<>();
        model.plan(day)
                .orElseThrow()
                .forEach((product, quantity) -> rows.add(StagingRow.of(
                        BatchKind.of("reorder_plan"),
                        StagingModel.id(day, product),
                        Nights.orderValues(product, String.valueOf(quantity)))));
        return new StagingBatch(BatchKind.of("reorder_plan"), Nights.DATE.plusDays(day), "run-" + day, null, rows);
    }

    private void takeBack(int day) throws SQLException {
        Set<String> expected = StagingModel.takenBack(day, lines());
        database.publisher.takeBack(database.owner(), Nights.DATE.plusDays(day));
        model.takeBack(day);
        assertThat(standing()).as("the days from %d on are taken back", day).isEqualTo(expected);
    }

    private void backUp() throws SQLException {
        for (String table : TABLES) {
            if (isBackedUp) {
                database.erp("DROP TABLE $%s_copy".formatted(table));
            }
            database.erp("CREATE TABLE $%1$s_copy AS SELECT * FROM $%1$s".formatted(table));
        }
        isBackedUp = true;
    }

    private void restore() throws SQLException {
        empty(true, true);
        for (String table : TABLES) {
            database.erp("INSERT INTO $%1$s SELECT * FROM $%1$s_copy".formatted(table));
        }
    }

    private void empty(boolean batches, boolean rows) throws SQLException {
        if (batches) {
            database.erp("DELETE FROM $batch");
        }
        if (rows) {
            database.erp("DELETE FROM $reorder_plan");
        }
    }

    private List<List<Object>> answered() throws SQLException {
        return database.query(
                "SELECT * FROM $reorder_plan WHERE state IN ('ACCEPTED', 'REJECTED') ORDER BY decision_id");
    }

    private Set<String> standing() throws SQLException {
        Map<String, String> byId = new TreeMap<>();
        lines().forEach((id, line) -> byId.put(id, line.quantity() + " " + line.state()));
        return StagingModel.lines(byId);
    }

    private Map<String, Line> lines() throws SQLException {
        Map<String, Batch> batches = byId();
        Map<String, Line> lines = new TreeMap<>();
        for (List<Object> row : database.query(
                "SELECT decision_id, product_code, order_quantity, state, batch_id FROM $reorder_plan")) {
            String id = (String) row.get(0);
            lines.put(
                    id,
                    new Line(
                            id.charAt("day".length()) - '0',
                            (String) row.get(1),
                            ((BigDecimal) row.get(2)).intValue(),
                            RowState.valueOf((String) row.get(3)),
                            batches.get((String) row.get(4))));
        }
        return lines;
    }

    private List<Batch> batches() throws SQLException {
        return List.copyOf(byId().values());
    }

    private Map<String, Batch> byId() throws SQLException {
        Map<String, Batch> batches = new LinkedHashMap<>();
        for (List<Object> row : database.query(
                "SELECT batch_id, business_date, revision, state, row_count FROM $batch ORDER BY business_date, revision")) {
            // Oracle's dates have a time of day.
            LocalDate date = LocalDate.parse(row.get(1).toString().substring(0, "2026-01-01".length()));
            batches.put(
                    (String) row.get(0),
                    new Batch(
                            (int) ChronoUnit.DAYS.between(Nights.DATE, date),
                            ((Number) row.get(2)).intValue(),
                            BatchState.valueOf((String) row.get(3)),
                            ((Number) row.get(4)).intValue()));
        }
        return batches;
    }
}
