package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.Nights.night;

import io.millrace.nightly.database.Connections;
import io.millrace.nightly.database.RetryPolicy;
import io.millrace.nightly.publish.StagingHistory.Lost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** A staging schema of its own for each test, and the ERP's side of it. */
abstract class StagingDatabase {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    static final Instant NOW = Instant.parse("2026-04-01T03:04:05.123456Z");

    String name;
    StagingSchema schema;
    StagingPublisher publisher;

    /** Connections of the one who owns the schema. */
    abstract Connections owner();

    /** Makes what only an administrator can. */
    void administer(String schemaName) throws SQLException {}

    @BeforeEach
    void freshSchema() throws SQLException {
        name = "staging" + SCHEMAS.incrementAndGet();
        administer(name);
        schema = new StagingSchema(name);
        schema.create(owner());
        publisher = publisher(Duration.ofSeconds(20));
    }

    StagingPublisher publisher(Duration patience) {
        RetryPolicy retries = new RetryPolicy(6, Duration.ofMillis(10), Duration.ofMillis(100));
        return new StagingPublisher(schema, retries, patience, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    PublishResult publish(StagingRow... rows) {
        return publisher.publish(owner(), night(rows));
    }

    /** What the ERP runs, with names that it need not quote. */
    int erp(String sql) throws SQLException {
        try (Connection connection = owner().open();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql.replace("$", name + "."));
        }
    }

    List<List<Object>> query(String sql) throws SQLException {
        try (Connection connection = owner().open();
                PreparedStatement statement = connection.prepareStatement(sql.replace("$", name + "."));
                ResultSet found = statement.executeQuery()) {
            List<List<Object>> rows = new ArrayList<>();
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    List<List<Object>> everything() throws SQLException {
        List<List<Object>> all = query("SELECT * FROM $batch ORDER BY kind, business_date, revision");
        all.addAll(query("SELECT * FROM $reorder_plan ORDER BY decision_id"));
        all.addAll(query("SELECT * FROM $campaign_target ORDER BY decision_id"));
        return all;
    }

    String batches() throws SQLException {
        List<String> lines = new ArrayList<>();
        for (List<Object> row : query("SELECT revision, state, row_count FROM $batch ORDER BY revision")) {
            lines.add(row.get(0) + " " + row.get(1) + " " + row.get(2));
        }
        return String.join(", ", lines);
    }

    String rows() throws SQLException {
        List<String> lines = new ArrayList<>();
        for (List<Object> row :
                query("SELECT r.product_code, r.order_quantity, r.state, b.revision FROM $reorder_plan r"
                        + " JOIN $batch b ON b.batch_id = r.batch_id ORDER BY r.decision_id")) {
            BigDecimal quantity = ((BigDecimal) row.get(1)).stripTrailingZeros();
            lines.add(row.get(0) + " " + quantity.toPlainString() + " " + row.get(2) + " in " + row.get(3));
        }
        return String.join(", ", lines);
    }

    /** Connections of which the first {@code doomed} are lost at the commit. */
    Connections lost(int doomed, Lost end) {
        AtomicInteger opened = new AtomicInteger();
        return () -> {
            Connection connection = owner().open();
            return opened.incrementAndGet() > doomed ? connection : losing(connection, end);
        };
    }

    private static Connection losing(Connection connection, Lost end) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        if (end == Lost.AFTER_COMMIT) {
                            connection.commit();
                        }
                        connection.close();
                        throw new SQLException("connection lost", "08006");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @FunctionalInterface
    interface Publication {
        PublishResult run(int number) throws Exception;
    }

    static List<PublishResult> atOnce(int publishers, Publication publication) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        try {
            CyclicBarrier start = new CyclicBarrier(publishers);
            List<Callable<PublishResult>> calls = IntStream.range(0, publishers)
                    .<Callable<PublishResult>>mapToObj(i -> () -> {
                        start.await();
                        return publication.run(i);
                    })
                    .toList();
            List<PublishResult> results = new ArrayList<>();
            for (Future<PublishResult> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
