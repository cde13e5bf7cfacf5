package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.lake.ServerUsers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lake over JDBC: who may ask, what may be asked, and that a night goes on meanwhile. */
class SqlServerIT {

    private static final String DATE = "2026-02-28";
    private static final int SESSIONS = 10;

    @TempDir
    private static Path folder;

    private static String conf;
    private static Process server;
    private static String address;

    @BeforeAll
    static void aLakeThatIsServed() throws Exception {
        conf = folder.resolve("conf").toString();
        deliver(DATE, 3);
        Path key = folder.resolve("key.p12");
        Files.writeString(folder.resolve("password"), "changeit\n");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "lake",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                key.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit"));
        Files.writeString(
                folder.resolve("users"),
                ServerUsers.line("ana", "right-1") + "\n" + ServerUsers.line("ben", "right-2") + "\n");
        int port = free();
        Files.createDirectories(Path.of(conf));
        Files.writeString(Path.of(conf, "millrace.yaml"), """
                home: "%1$s"
                sources:
                  shop: {system: csv, drop: "%1$s/drop", manifest: optional}
                sql-server:
                  port: %2$d
                  users: "%1$s/users"
                  key-store: "%1$s/key.p12"
                  key-store-password: "${file:%1$s/password}"
                  rows: 1000
                """.formatted(folder, port));
        assertThat(Launch.here("--conf", conf, "run", "ingest", "refine", "--date", DATE))
                .satisfies(result -> assertThat(result.code()).as(result.err()).isZero());
        Path log = folder.resolve("server.log");
        server = Launch.apart(log, "--conf", conf, "sql-server");
        for (int i = 0; i < 600 && !Files.readString(log).contains("Listening"); i++) {
            assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
            Thread.sleep(200);
        }
        address = "jdbc:hive2://127.0.0.1:%d/default;ssl=true;sslTrustStore=%s;trustStorePassword=changeit"
                .formatted(port, key);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }

    private static void deliver(String date, int products) throws IOException {
        Path drop = Files.createDirectories(folder.resolve("drop/shop/" + date));
        List<String> lines = new ArrayList<>(List.of("product_code,name"));
        IntStream.range(0, products).forEach(i -> lines.add("P%d,Thing %d".formatted(i, i)));
        Files.write(drop.resolve("product.csv"), lines);
    }

    private static Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(address, user, password);
    }

    private static List<List<String>> ask(String sql) throws SQLException {
        try (Connection connection = connect("ana", "right-1");
                Statement statement = connection.createStatement()) {
            return rows(statement.executeQuery(sql));
        }
    }

    private static List<List<String>> rows(ResultSet found) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        while (found.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                row.add(found.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void onlyWhoIsInTheFileMayAskAndOnlyWithItsPassword() throws SQLException {
        assertThatThrownBy(() -> connect("ana", "wrong")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connect("eve", "right-1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DriverManager.getConnection(address.substring(0, address.indexOf(";"))))
                .as("without TLS")
                .isInstanceOf(SQLException.class);
        connect("ben", "right-2").close();
    }

    @Test
    void aToolFindsTheTablesAndTheirColumns() throws SQLException {
        try (Connection connection = connect("ana", "right-1")) {
            DatabaseMetaData tells = connection.getMetaData();
            assertThat(rows(tells.getSchemas())).extracting(row -> row.get(0)).contains("bronze", "silver", "ops");
            assertThat(rows(tells.getTables(null, "silver", "%", null)))
                    .extracting(row -> row.get(2))
                    .contains("product");
            assertThat(rows(tells.getColumns(null, "silver", "product", "%")))
                    .extracting(row -> row.get(3))
                    .contains("product_code", "valid_from");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE silver.product",
                "CREATE TABLE silver.mine (a INT)",
                "INSERT INTO silver.product SELECT * FROM silver.product",
                "DELETE FROM silver.product",
                "VACUUM silver.product",
                "OPTIMIZE silver.product",
                "RESTORE TABLE silver.product TO VERSION AS OF 0",
                "CONVERT TO DELTA parquet.`/tmp`",
                "SET spark.sql.shuffle.partitions=1",
                "ADD JAR /tmp/any.jar",
                "SELECT * FROM text.`/etc/hostname`",
                "SELECT java_method('java.lang.System', 'getProperty', 'user.name')",
                "SELECT TRANSFORM (product_code) USING 'cat' FROM silver.product",
                "INSERT OVERWRITE DIRECTORY '/tmp/mine' USING csv SELECT 1"
            })
    void whatDoesMoreThanReadIsRefused(String sql) {
        assertThatThrownBy(() -> ask(sql)).isInstanceOf(SQLException.class).hasMessageContaining("refused");
    }

    @Test
    void anAnswerHasSoManyRowsAtTheMost() throws SQLException {
        assertThat(ask("SELECT id FROM range(5000)")).hasSize(1000);
        assertThat(ask("SELECT count(*) FROM range(5000)")).containsExactly(List.of("5000"));
    }

    /** Ten at a time ask for the same while a night takes in more: each of them gets one state or the other, and the end is seen. */
    @Test
    void tenSessionsAskWhileANightIsWriting() throws Exception {
        deliver("2026-03-01", 40);
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS + 1);
        try {
            Future<Launch.Result> night = threads.submit(
                    () -> Launch.here("--conf", conf, "run", "ingest", "refine", "--date", "2026-03-01"));
            List<Callable<Integer>> sessions = new ArrayList<>();
            IntStream.range(0, SESSIONS).forEach(i -> sessions.add(() -> asked(night)));
            int asked = 0;
            for (Future<Integer> session : threads.invokeAll(sessions)) {
                asked += session.get();
            }
            assertThat(asked).isGreaterThanOrEqualTo(SESSIONS);
            assertThat(night.get().code()).as(night.get().err()).isZero();
        } finally {
            threads.shutdownNow();
        }
        assertThat(ask("SELECT count(*) FROM silver.product WHERE is_current")).containsExactly(List.of("40"));
    }

    /** How often a session asked before the night had ended; once at least. */
    private static int asked(Future<?> night) throws SQLException {
        int asked = 0;
        try (Connection connection = connect("ana", "right-1");
                Statement statement = connection.createStatement()) {
            do {
                assertThat(rows(statement.executeQuery("SELECT count(*) FROM silver.product WHERE is_current")))
                        .isSubsetOf(List.of("3"), List.of("40"));
                asked++;
            } while (!night.isDone());
        }
        return asked;
    }
}
