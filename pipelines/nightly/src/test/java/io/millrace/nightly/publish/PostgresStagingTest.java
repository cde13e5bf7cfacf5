package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.Nights.night;
import static io.millrace.nightly.publish.Nights.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.nightly.Failures;
import io.millrace.nightly.database.Connections;
import io.millrace.nightly.database.RetryPolicy;
import io.millrace.nightly.publish.StagingHistory.Lost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on PostgreSQL, and what only a real server shows: rights, lost connections, locks. */
class PostgresStagingTest extends StagingContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    int histories() {
        return 20;
    }

    @Override
    Connections owner() {
        return postgres.getPostgresDatabase()::getConnection;
    }

    private String url() {
        return "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort());
    }

    /** Connections of a role that may use the schema and SELECT, INSERT and UPDATE its tables. */
    private Connections role(String role, String grant) throws SQLException {
        erp("CREATE ROLE %s LOGIN PASSWORD 'hidden-1'".formatted(role));
        if (grant != null) {
            erp("GRANT USAGE ON SCHEMA %s TO %s".formatted(name, role));
            erp("GRANT %s ON ALL TABLES IN SCHEMA %s TO %s".formatted(grant, name, role));
        }
        return () -> DriverManager.getConnection(url(), role, "hidden-1");
    }

    @Test
    void publishesWithRightsOnTheSchemaAlone() throws SQLException {
        erp("CREATE TABLE $orders (id int)");
        erp("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        Connections role = role("publisher_of_" + name, "SELECT, INSERT, UPDATE");
        erp("REVOKE ALL ON $orders FROM publisher_of_" + name);

        assertThat(schema.create(role)).isEmpty();
        assertThat(schema.missing(role)).isEmpty();
        assertThat(publisher
                        .publish(role, night(order("A", "1"), order("B", "2")))
                        .written())
                .isEqualTo(2);
        assertThat(publisher.publish(role, night(order("A", "2"))))
                .extracting("updated", "superseded")
                .containsExactly(1, 1);
        erp("UPDATE $reorder_plan SET state = 'ACCEPTED' WHERE product_code = 'A'");
        assertThat(new StagingFeedback(schema).read(role, LocalDate.EPOCH)).hasSize(1);

        for (String beyond : List.of(
                "SELECT * FROM $orders",
                "DELETE FROM $batch",
                "CREATE TABLE $mine (id int)",
                "CREATE TABLE public.mine (id int)")) {
            assertThatThrownBy(() -> {
                        try (Connection connection = role.open();
                                Statement statement = connection.createStatement()) {
                            statement.execute(beyond.replace("$", name + "."));
                        }
                    })
                    .as(beyond)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void aMissingRightIsRefusedAtOnce() throws SQLException {
        Connections role = role("reader_of_" + name, "SELECT");
        AtomicInteger opened = new AtomicInteger();
        Connections counted = () -> {
            opened.incrementAndGet();
            return role.open();
        };
        assertThatThrownBy(() -> publisher.publish(counted, night(order("A", "1"))))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("reorder_plan of 2026-03-31 with 1 rows")
                .hasMessageContaining("permission denied")
                .hasMessageContaining("42501");
        assertThat(opened).hasValue(1);
    }

    @Test
    void aMissingSchemaAndAWrongPasswordAreRefused() throws SQLException {
        erp("CREATE ROLE stranger_of_%s LOGIN PASSWORD 'right'".formatted(name));
        assertThatThrownBy(() ->
                        new StagingPublisher(new StagingSchema("nowhere")).publish(owner(), night(order("A", "1"))))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("nowhere");
        Connections known = () -> DriverManager.getConnection(url(), "nobody_at_all", "wrong");
        assertThatThrownBy(() -> publisher.publish(known, night(order("A", "1"))))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("nobody_at_all");
    }

    @Test
    void aTableOfAnEarlierVersionIsNotTakenForOurs() throws SQLException {
        erp("ALTER TABLE $alert DROP COLUMN score");
        assertThat(schema.missing(owner())).containsExactly("column alert.score");
        assertThatThrownBy(() -> schema.create(owner()))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("[column alert.score]");
    }

    @Test
    void nothingListensIsUnavailable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String address = "jdbc:postgresql://localhost:%d/erp?user=u&password=hidden-2".formatted(free);
        assertThatThrownBy(() -> publisher.publish(() -> DriverManager.getConnection(address), night(order("A", "1"))))
                .satisfies(Failures.of(Failure.Kind.OUTSIDE))
                .hasMessageContaining("in 6 attempts")
                .hasMessageContaining("refused")
                .hasMessageContaining("08001")
                .hasMessageNotContaining("hidden-2");
    }

    @Test
    void aConnectionLostBeforeTheCommitLeavesNothing() throws SQLException {
        publish(order("A", "1"), order("B", "2"));
        List<List<Object>> before = everything();
        assertThatThrownBy(
                        () -> publisher.publish(lost(99, Lost.BEFORE_COMMIT), night(order("A", "9"), order("C", "3"))))
                .satisfies(Failures.of(Failure.Kind.OUTSIDE))
                .hasMessageContaining("connection lost");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aLostConnectionIsMadeUpForByTheNext() throws SQLException {
        StagingBatch batch = night(order("A", "1"), order("B", "2"));
        assertThat(publisher.publish(lost(2, Lost.BEFORE_COMMIT), batch).written())
                .isEqualTo(2);
        assertThat(batches()).isEqualTo("1 READY 2");
    }

    @Test
    void aCommitThatWasNotAcknowledgedIsNotRepeated() throws SQLException {
        StagingBatch batch = night(order("A", "1"), order("B", "2"));
        assertThat(publisher.publish(lost(1, Lost.AFTER_COMMIT), batch).alreadyPublished())
                .isTrue();
        assertThat(batches()).isEqualTo("1 READY 2");
    }

    /** The server itself ends the session while the rows are being written. */
    @Test
    void aSessionThatTheServerKillsLeavesNothingAndIsRetried() throws Exception {
        erp(
                "CREATE FUNCTION $slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NEW; END'");
        erp("CREATE TRIGGER slow BEFORE INSERT ON $reorder_plan FOR EACH ROW EXECUTE FUNCTION $slow()");
        CompletableFuture<PublishResult> publication = CompletableFuture.supplyAsync(() -> publish(order("A", "1")));
        String writing = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'INSERT INTO \"" + name
                + "\".\"reorder_plan\"%' AND state = 'active'";
        await(() -> !query(writing).isEmpty());
        assertThat(query("SELECT * FROM $batch")).isEmpty();
        Object pid = query(writing).get(0).get(0);
        query("SELECT pg_terminate_backend(" + pid + ")");
        erp("DROP TRIGGER slow ON $reorder_plan");

        assertThat(publication.get(60, TimeUnit.SECONDS).written()).isEqualTo(1);
        assertThat(batches()).isEqualTo("1 READY 1");
    }

    @Test
    void aDecisionThatTheErpIsAboutToCommitIsWaitedForAndKept() throws Exception {
        publish(order("A", "1"), order("B", "1"));
        CompletableFuture<PublishResult> publication;
        try (Connection erp = owner().open();
                Statement statement = erp.createStatement()) {
            erp.setAutoCommit(false);
            statement.executeUpdate("UPDATE " + name + ".reorder_plan SET state = 'ACCEPTED' WHERE product_code = 'A'");
            publication = CompletableFuture.supplyAsync(() -> publish(order("A", "2"), order("B", "2")));
            await(() -> !query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    .isEmpty());
            erp.commit();
        }
        assertThat(publication.get(60, TimeUnit.SECONDS))
                .extracting("updated", "untouched")
                .containsExactly(1, 1);
        assertThat(rows()).isEqualTo("A 1 ACCEPTED in 1, B 2 NEW in 2");
    }

    @Test
    void rowsThatTheErpKeepsLockedMakeItUnavailable() throws SQLException {
        publish(order("A", "1"));
        RetryPolicy twice = new RetryPolicy(2, Duration.ZERO, Duration.ZERO);
        StagingPublisher impatient = new StagingPublisher(schema, twice, Duration.ofSeconds(1), Clock.systemUTC());
        try (Connection erp = owner().open();
                Statement statement = erp.createStatement()) {
            erp.setAutoCommit(false);
            statement.executeUpdate("UPDATE " + name + ".reorder_plan SET state = 'ACCEPTED'");
            assertThatThrownBy(() -> impatient.publish(owner(), night(order("A", "2"))))
                    .satisfies(Failures.of(Failure.Kind.OUTSIDE))
                    .hasMessageContaining("57014");
            erp.rollback();
        }
        assertThat(rows()).isEqualTo("A 1 NEW in 1");
    }

    /** Two owners of a deadlock: the server gives one of them up, and the publisher tries again where it is the one. */
    @Test
    void aDeadlockWithTheErpIsSurvived() throws Exception {
        List<StagingRow> plan =
                IntStream.range(0, 200).mapToObj(i -> order("P" + i, "1")).toList();
        publisher.publish(owner(), night(plan));
        CompletableFuture<PublishResult> publication;
        try (Connection erp = owner().open();
                Statement statement = erp.createStatement()) {
            erp.setAutoCommit(false);
            statement.execute("SET deadlock_timeout = '20s'");
            statement.executeUpdate(
                    "UPDATE " + name + ".reorder_plan SET state = 'ACCEPTED' WHERE product_code = 'P9'");
            publication = CompletableFuture.supplyAsync(() -> publish(order("P0", "2"), order("P9", "2")));
            await(() -> !query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    .isEmpty());
            statement.executeUpdate(
                    "UPDATE " + name + ".reorder_plan SET state = 'REJECTED' WHERE product_code = 'P0'");
            erp.commit();
        }
        assertThat(publication.get(60, TimeUnit.SECONDS))
                .extracting("updated", "superseded", "untouched")
                .containsExactly(0, 198, 2);
    }

    @Test
    void twoCreatorsAtOnceAgree() throws Exception {
        for (int round = 0; round < 5; round++) {
            StagingSchema both = new StagingSchema(name + "_" + round);
            CompletableFuture<?> one = CompletableFuture.supplyAsync(() -> both.create(owner()));
            CompletableFuture<?> other = CompletableFuture.supplyAsync(() -> both.create(owner()));
            one.get(60, TimeUnit.SECONDS);
            other.get(60, TimeUnit.SECONDS);
            assertThat(both.missing(owner())).isEmpty();
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited 20 s").isLessThan(end);
            Thread.sleep(10);
        }
    }
}
