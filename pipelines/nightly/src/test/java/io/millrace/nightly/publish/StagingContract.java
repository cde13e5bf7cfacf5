package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.Nights.DATE;
import static io.millrace.nightly.publish.Nights.night;
import static io.millrace.nightly.publish.Nights.on;
import static io.millrace.nightly.publish.Nights.order;
import static io.millrace.nightly.publish.Nights.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What publishing does, whatever the database. */
abstract class StagingContract extends StagingDatabase {

    @Test
    void createsTheSchemaOnce() {
        assertThat(schema.create(owner())).isEmpty();
        assertThat(schema.missing(owner())).isEmpty();
    }

    @Test
    void saysWhatIsMissing() throws SQLException {
        erp("DROP TABLE $alert");
        assertThat(schema.missing(owner())).containsExactly("table alert");
        assertThat(schema.create(owner())).containsExactly("table alert", "index alert.batch_id");
    }

    @Test
    void aNightArrivesWhole() throws SQLException {
        StagingBatch batch = night(order("B", "7"), order("A", "12.5"));
        PublishResult result = publisher.publish(owner(), batch);

        assertThat(result).isEqualTo(new PublishResult(2, 0, 0, 0, 0, batch.batchId(), false));
        assertThat(query("SELECT batch_id, kind, content_hash, model_versions, run_id FROM $batch"))
                .containsExactly(List.of(batch.batchId(), "reorder_plan", batch.contentHash(), "forecast=3", "run-1"));
        assertThat(batches()).isEqualTo("1 READY 2");
        assertThat(rows()).isEqualTo("A 12.5 NEW in 1, B 7 NEW in 1");
        assertThat(
                        query(
                                "SELECT expected_cost, baseline_cost, safety_stock FROM $reorder_plan WHERE product_code = 'A'"))
                .containsExactly(List.of(
                        new BigDecimal("1234567890123456.78"), new BigDecimal("0.10"), new BigDecimal("3.125")));
    }

    @Test
    void datesAndTimesAreStoredAsTheyAre() throws SQLException {
        publish(order("A", "1"));
        try (Connection connection = owner().open();
                PreparedStatement select = connection.prepareStatement(
                        ("SELECT b.created_at, b.business_date, r.need_by_date FROM $batch b"
                                        + " JOIN $reorder_plan r ON r.batch_id = b.batch_id")
                                .replace("$", name + "."));
                ResultSet found = select.executeQuery()) {
            assertThat(found.next()).isTrue();
            assertThat(found.getObject(1, LocalDateTime.class)).isEqualTo(LocalDateTime.ofInstant(NOW, ZoneOffset.UTC));
            assertThat(found.getObject(2, LocalDate.class)).isEqualTo(DATE);
            assertThat(found.getObject(3, LocalDate.class)).isEqualTo(DATE.plusDays(9));
        }
    }

    @Test
    void theSameNightAgainWritesNothing() throws SQLException {
        PublishResult first = publish(order("A", "1"), order("B", "2"));
        List<List<Object>> before = everything();

        StagingBatch again = new StagingBatch(
                BatchKind.of("reorder_plan"),
                DATE,
                "run-2",
                "forecast=4",
                List.of(order("B", "2.000"), order("A", "1.0")));
        assertThat(publisher.publish(owner(), again))
                .isEqualTo(new PublishResult(0, 0, 0, 0, 0, first.batchId(), true));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aCorrectedNightReplacesWhatIsUndecided() throws SQLException {
        publish(order("A", "1"), order("B", "2"), order("C", "3"));
        PublishResult corrected = publish(order("A", "1"), order("C", "33"), order("D", "4"));

        assertThat(corrected)
                .extracting("written", "updated", "superseded", "untouched")
                .containsExactly(1, 2, 1, 0);
        assertThat(rows()).isEqualTo("A 1 NEW in 2, B 2 SUPERSEDED in 1, C 33 NEW in 2, D 4 NEW in 2");
        assertThat(batches()).isEqualTo("1 SUPERSEDED 1, 2 READY 3");
    }

    private static Basis knowing(String... answered) {
        return new Basis(Set.of(answered), List.of("product_code", "site_code"));
    }

    /** An order of the night, named by it: the same product has another decision every night. */
    private static StagingRow tonight(String product, String quantity) {
        return StagingRow.of(BatchKind.of("reorder_plan"), "tonight-" + product, Nights.orderValues(product, quantity));
    }

    @Test
    void whatTheErpAcceptedWhileTheNightDecidedIsNotOrderedTwice() throws SQLException {
        publish(order("A", "1"), order("B", "2"), order("C", "3"), order("D", "4"));
        erp("UPDATE $reorder_plan SET state = 'ACCEPTED' WHERE product_code IN ('A', 'B')");
        erp("UPDATE $reorder_plan SET state = 'REJECTED' WHERE product_code = 'C'");

        StagingBatch second = on(
                DATE.plusDays(1), List.of(tonight("A", "5"), tonight("B", "5"), tonight("C", "5"), tonight("D", "5")));
        PublishResult result = publisher.publish(owner(), second, knowing("order-A"));
        assertThat(result).extracting("written", "superseded", "leftOut").containsExactly(3, 1, 1);
        assertThat(rows())
                .as("of A the plan knew, and orders more; of B it did not")
                .isEqualTo("A 1 ACCEPTED in 1, B 2 ACCEPTED in 1, C 3 REJECTED in 1, D 4 SUPERSEDED in 1,"
                        + " A 5 NEW in 1, C 5 NEW in 1, D 5 NEW in 1");
        assertThat(publisher.publish(owner(), second, knowing("order-A")).alreadyPublished())
                .isTrue();
    }

    @Test
    void whatStandsInTheDatabaseDecidesAndNotWhatWasWrittenOnce() throws SQLException {
        StagingBatch batch = night(order("A", "1"), order("B", "2"), order("C", "3"));
        publisher.publish(owner(), batch, knowing());
        erp("UPDATE $reorder_plan SET state = 'ACCEPTED' WHERE product_code = 'C'");
        assertThat(schema.rows(owner(), "reorder_plan")).isEqualTo(3);

        erp("DELETE FROM $reorder_plan WHERE product_code = 'A'");
        assertThat(schema.rows(owner(), "reorder_plan")).isEqualTo(2);
        publisher.publish(owner(), batch, knowing("order-C"));
        assertThat(rows()).as("a row is lost").isEqualTo("A 1 NEW in 2, B 2 NEW in 2, C 3 ACCEPTED in 1");

        erp("DELETE FROM $reorder_plan");
        erp("DELETE FROM $batch");
        PublishResult anew = publisher.publish(owner(), batch, knowing("order-C"));
        assertThat(rows()).as("all is lost").isEqualTo("A 1 NEW in 1, B 2 NEW in 1");
        assertThat(anew.leftOut()).as("accepted before it was lost").isEqualTo(1);

        erp("DROP TABLE $reorder_plan");
        assertThat(schema.rows(owner(), "reorder_plan")).isEqualTo(-1);
    }

    @Test
    void whoMayPublishIsToldFromWhoMayNot() throws SQLException {
        publish(order("A", "1"));
        List<List<Object>> before = everything();
        schema.tryWrites(owner());
        assertThat(everything()).isEqualTo(before);
        erp("DROP TABLE $alert");
        assertThatThrownBy(() -> schema.tryWrites(owner()))
                .hasMessageContaining("a try to write to " + name + ".alert");
    }

    @Test
    void whatTheErpDecidedIsNeverTouched() throws SQLException {
        publish(order("A", "1"), order("B", "2"), order("C", "3"));
        erp("UPDATE $reorder_plan SET state = 'ACCEPTED', state_reason = 'ok' WHERE product_code = 'A'");
        erp("UPDATE $reorder_plan SET state = 'REJECTED', state_reason = 'no' WHERE product_code = 'B'");
        String decided = "SELECT * FROM $reorder_plan WHERE product_code IN ('A', 'B') ORDER BY decision_id";
        List<List<Object>> before = query(decided);

        PublishResult corrected = publish(order("A", "100"), order("C", "3"));

        assertThat(corrected)
                .extracting("written", "updated", "superseded", "untouched")
                .containsExactly(0, 1, 0, 2);
        assertThat(query(decided)).isEqualTo(before);
        assertThat(rows()).isEqualTo("A 1 ACCEPTED in 1, B 2 REJECTED in 1, C 3 NEW in 2");
        assertThat(batches()).isEqualTo("1 SUPERSEDED 2, 2 READY 1");
    }

    @Test
    void aBatchThatTheErpTookOrRefusedStaysSo() throws SQLException {
        publish(order("A", "1"));
        erp("UPDATE $batch SET state = 'CONSUMED'");
        publish(order("A", "2"));
        erp("UPDATE $batch SET state = 'REJECTED' WHERE state = 'READY'");
        publish(order("A", "3"));
        assertThat(batches()).isEqualTo("1 CONSUMED 0, 2 REJECTED 0, 3 READY 1");
    }

    @Test
    void aNightMayReturnToWhatItSaidBefore() throws SQLException {
        PublishResult first = publish(order("A", "1"), order("B", "2"));
        publish(order("A", "1"));
        PublishResult third = publish(order("A", "1"), order("B", "2"));

        assertThat(third.batchId()).isNotEqualTo(first.batchId());
        assertThat(third).extracting("written", "updated", "superseded").containsExactly(0, 2, 0);
        assertThat(rows()).isEqualTo("A 1 NEW in 3, B 2 NEW in 3");
        assertThat(batches()).isEqualTo("1 SUPERSEDED 0, 2 SUPERSEDED 0, 3 READY 2");
        assertThat(query("SELECT state_reason FROM $reorder_plan WHERE state_reason IS NOT NULL"))
                .isEmpty();
        assertThat(publish(order("A", "1"), order("B", "2")).alreadyPublished()).isTrue();
    }

    @Test
    void anEmptyNightTakesBackWhatIsUndecided() throws SQLException {
        publish(order("A", "1"), order("B", "2"));
        assertThat(publish()).extracting("written", "updated", "superseded").containsExactly(0, 0, 2);
        assertThat(batches()).isEqualTo("1 SUPERSEDED 2, 2 READY 0");
        assertThat(publish().alreadyPublished()).isTrue();
    }

    private PublishResult publishTomorrow(StagingRow... rows) {
        return publisher.publish(owner(), on(DATE.plusDays(1), List.of(rows)));
    }

    private static StagingRow tomorrow(String product) {
        return StagingRow.of(BatchKind.of("reorder_plan"), "tomorrow-" + product, Nights.orderValues(product, "5"));
    }

    @Test
    void aLaterPlanTakesThePlaceOfWhatTheErpHasNotDecided() throws SQLException {
        publish(order("A", "1"), order("B", "2"), order("C", "3"));
        erp("UPDATE $reorder_plan SET state = 'ACCEPTED' WHERE product_code = 'B'");
        publisher.publish(owner(), night(target("K1", null, "why")));

        PublishResult later = publishTomorrow(tomorrow("A"));

        assertThat(later).extracting("written", "superseded").containsExactly(1, 2);
        assertThat(query("SELECT decision_id, state FROM $reorder_plan ORDER BY decision_id"))
                .containsExactly(
                        List.of("order-A", "SUPERSEDED"),
                        List.of("order-B", "ACCEPTED"),
                        List.of("order-C", "SUPERSEDED"),
                        List.of("tomorrow-A", "NEW"));
        assertThat(query("SELECT state FROM $batch WHERE kind = 'reorder_plan' ORDER BY business_date"))
                .containsExactly(List.of("SUPERSEDED"), List.of("READY"));
        assertThat(query("SELECT state FROM $campaign_target")).containsExactly(List.of("NEW"));
    }

    @Test
    void aNightBeforeTheNewestPlanWritesNothing() throws SQLException {
        publish(order("A", "1"));
        PublishResult later = publishTomorrow(tomorrow("A"));
        List<List<Object>> before = everything();

        PublishResult corrected = publish(order("A", "7"), order("B", "1"));

        assertThat(corrected).isEqualTo(new PublishResult(0, 0, 0, 0, 0, later.batchId(), true));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aPlanThatIsTakenBackHoldsUpNoOther() throws SQLException {
        publish(order("A", "1"), order("B", "2"));
        LocalDate mistyped = DATE.plusYears(10);
        publisher.publish(owner(), on(mistyped, List.of(later("A"), later("C"), later("D"))));
        erp("UPDATE $reorder_plan SET state = 'ACCEPTED' WHERE product_code = 'C'");
        erp("UPDATE $batch SET state = 'CONSUMED' WHERE state = 'READY'");

        assertThat(publisher.takeBack(owner(), DATE.plusDays(1))).isEqualTo(2);
        assertThat(publisher.takeBack(owner(), DATE.plusDays(1))).isZero();

        assertThat(publishTomorrow(tomorrow("A"), tomorrow("B")).written()).isEqualTo(2);
        assertThat(query("SELECT decision_id, state FROM $reorder_plan WHERE state <> 'SUPERSEDED' ORDER BY 1"))
                .containsExactly(
                        List.of("later-C", "ACCEPTED"), List.of("tomorrow-A", "NEW"), List.of("tomorrow-B", "NEW"));
    }

    private static StagingRow later(String product) {
        return StagingRow.of(BatchKind.of("reorder_plan"), "later-" + product, Nights.orderValues(product, "9"));
    }

    @Test
    void alertsOfSeveralNightsStandBesideEachOther() throws SQLException {
        Map<String, Object> values = Map.of(
                "severity", "high",
                "subject_type", "product",
                "subject_code", "A",
                "metric", "sales",
                "score", new BigDecimal("4.2"),
                "reason", "far off");
        publisher.publish(owner(), night(StagingRow.of(BatchKind.of("alert"), "alert-1", values)));
        publisher.publish(
                owner(), on(DATE.plusDays(1), List.of(StagingRow.of(BatchKind.of("alert"), "alert-2", values))));
        assertThat(query("SELECT state FROM $alert")).containsExactly(List.of("NEW"), List.of("NEW"));
    }

    @Test
    void textArrivesAsItWasWritten() throws SQLException {
        String nasty =
                "O'Brien; DROP TABLE batch; -- \"quoted\" `tick` [b] \\ %s ? \r\n\tnächste Zeile 東京 \uD83D\uDE80 ";
        publisher.publish(owner(), night(target("K'1\";--", nasty, "ünïcödé")));
        assertThat(query("SELECT customer_code, content, reason FROM $campaign_target"))
                .containsExactly(List.of("K'1\";--", nasty, "ünïcödé"));
    }

    @Test
    void whatIsNotKnownIsNull() throws SQLException {
        publisher.publish(owner(), night(target("K1", "", "why")));
        assertThat(query("SELECT decision_id FROM $campaign_target WHERE content IS NULL AND segment IS NULL"
                        + " AND churn_probability IS NULL AND state_reason IS NULL AND decided_at IS NULL"))
                .hasSize(1);
    }

    @Test
    void fiveThousandRowsAreOneBatch() throws SQLException {
        List<StagingRow> many = IntStream.range(0, 5000)
                .mapToObj(i -> order("P%05d".formatted(i), String.valueOf(i)))
                .toList();
        assertThat(publisher.publish(owner(), night(many)).written()).isEqualTo(5000);
        assertThat(publisher.publish(owner(), night(many)).changed()).isZero();
        assertThat(publisher.publish(owner(), night(many.subList(2500, 5000))))
                .extracting("written", "updated", "superseded")
                .containsExactly(0, 2500, 2500);
        assertThat(batches()).isEqualTo("1 SUPERSEDED 2500, 2 READY 2500");
    }

    @Test
    void everyKindHasItsTable() throws SQLException {
        StagingRow stop = StagingRow.of(
                BatchKind.of("route_stop"),
                "stop-1",
                Map.of(
                        "route_no",
                        1,
                        "stop_no",
                        2L,
                        "vehicle_code",
                        "V",
                        "site_code",
                        "MAIN",
                        "arrival_at",
                        Instant.parse("2026-03-31T08:15:00Z"),
                        "reason",
                        "first"));
        StagingRow alert = StagingRow.of(
                BatchKind.of("alert"),
                "alert-1",
                Map.of(
                        "severity",
                        "high",
                        "subject_type",
                        "product",
                        "subject_code",
                        "A",
                        "metric",
                        "sales",
                        "score",
                        new BigDecimal("4.2"),
                        "reason",
                        "far off"));
        assertThat(publisher.publish(owner(), night(stop)).written()).isEqualTo(1);
        assertThat(publisher.publish(owner(), night(alert)).written()).isEqualTo(1);
        assertThat(query("SELECT stop_no FROM $route_stop").get(0).get(0).toString())
                .isEqualTo("2");
        assertThat(query("SELECT score FROM $alert")).containsExactly(List.of(new BigDecimal("4.200000")));
    }

    @Test
    void readsBackWhatTheErpDecided() throws SQLException {
        PublishResult orders = publish(order("A", "1"), order("B", "2"), order("C", "3"));
        PublishResult targets = publisher.publish(owner(), night(target("K1", null, "why")));
        erp(
                "UPDATE $reorder_plan SET state = 'ACCEPTED', decided_at = TIMESTAMP '2026-04-01 09:00:00' WHERE product_code = 'B'");
        erp("UPDATE $campaign_target SET state = 'REJECTED', state_reason = 'opted out'");

        StagingFeedback feedback = new StagingFeedback(schema);
        assertThat(feedback.read(owner(), LocalDate.EPOCH))
                .containsExactly(
                        new DecidedRow(
                                BatchKind.of("campaign_target"),
                                "target-K1",
                                targets.batchId(),
                                DATE,
                                RowState.REJECTED,
                                "opted out",
                                null,
                                content(target("K1", null, "why"))),
                        new DecidedRow(
                                BatchKind.of("reorder_plan"),
                                "order-B",
                                orders.batchId(),
                                DATE,
                                RowState.ACCEPTED,
                                null,
                                Instant.parse("2026-04-01T09:00:00Z"),
                                content(order("B", "2"))));
        assertThat(feedback.read(owner(), DATE)).hasSize(2);
        assertThat(feedback.read(owner(), DATE.plusDays(1))).isEmpty();
    }

    private static Map<String, Object> content(StagingRow row) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (StagingColumn column : row.kind().columns()) {
            content.put(column.name(), row.values().get(content.size()));
        }
        return content;
    }

    @Test
    void publishersOfTheSameNightMakeOneBatch() throws Exception {
        List<PublishResult> results = atOnce(6, i -> publish(order("A", "1"), order("B", "2")));
        assertThat(results)
                .filteredOn(result -> !result.alreadyPublished())
                .singleElement()
                .extracting(PublishResult::written)
                .isEqualTo(2);
        assertThat(batches()).isEqualTo("1 READY 2");
    }

    @Test
    void publishersOfDifferentCorrectionsQueue() throws Exception {
        List<PublishResult> results = atOnce(4, i -> publish(order("A", "" + i), order("own" + i, "1")));
        assertThat(results).noneMatch(PublishResult::alreadyPublished);
        assertThat(batches()).isEqualTo("1 SUPERSEDED 1, 2 SUPERSEDED 1, 3 SUPERSEDED 1, 4 READY 2");
        assertThat(query("SELECT decision_id FROM $reorder_plan WHERE state = 'NEW'"))
                .hasSize(2);
    }

    /** How many histories are tried where nothing else is said; {@code bench/histories} tries more. */
    int histories() {
        return 60;
    }

    @Test
    void anyHistoryLeavesWhatTheErpIsToFind() throws SQLException {
        long first = Long.getLong("millrace.histories.from", 1);
        long count = Long.getLong("millrace.histories.count", histories());
        List<String> failures = new ArrayList<>();
        for (long seed = first; seed < first + count && failures.size() < 3; seed++) {
            List<StagingHistory.Step> history = StagingHistory.of(seed);
            if (difference(history) != null) {
                List<StagingHistory.Step> shortest =
                        StagingHistory.shortest(history, steps -> difference(steps) != null);
                failures.add(Stream.concat(
                                Stream.of("seed " + seed), shortest.stream().map(Object::toString))
                        .collect(Collectors.joining("\n  ", "", "\n" + difference(shortest))));
            }
        }
        assertThat(failures).isEmpty();
    }

    /** What the ERP finds otherwise than the model says, after one of the steps, or null. */
    private String difference(List<StagingHistory.Step> history) {
        try {
            freshSchema();
            new StagingPlayed(this).play(history);
            return null;
        } catch (SQLException e) {
            throw new IllegalStateException("the ERP's side of " + history, e);
        } catch (AssertionError e) {
            return e.getMessage();
        } catch (RuntimeException e) {
            return e
                    + Arrays.stream(e.getStackTrace())
                            .limit(12)
                            .map(Object::toString)
                            .collect(Collectors.joining("\n  ", "\n  ", ""));
        }
    }

    @Test
    void theDatabaseRefusesStatesOutsideTheContract() {
        publish(order("A", "1"));
        for (String table : List.of("batch", "reorder_plan")) {
            assertThatThrownBy(() -> erp("UPDATE $" + table + " SET state = 'DONE'"))
                    .isInstanceOf(SQLException.class);
        }
    }
}
