package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPostgresTest {

    private static final DemoOptions OPTIONS = new DemoOptions(0.1, DemoOptions.DEFAULT_DATE, 9);

    @TempDir
    static Path home;

    @BeforeAll
    static void load() throws SQLException {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection erp = postgres.connectAsErp()) {
            assertThat(ErpDatabase.isLoaded(erp, OPTIONS)).isFalse();
            assertThat(ErpDatabase.load(erp, Company.simulate(OPTIONS))).isGreaterThan(4000);
        }
    }

    @AfterAll
    static void nothingIsLeftRunning() throws IOException {
        assertThat(Postmaster.of(home.resolve("postgres/data"))).isEmpty();
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection as(Login login, DemoPostgres postgres) throws SQLException, IOException {
        return DriverManager.getConnection(postgres.jdbcUrl(), login.user(), login.password());
    }

    @Test
    void dataSurviveFromStartToStart() throws SQLException {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection erp = postgres.connectAsErp()) {
            assertThat(postgres.startedHere()).isTrue();
            assertThat(ErpDatabase.isLoaded(erp, OPTIONS)).isTrue();
            assertThat(ask(erp, "SELECT count(*) FROM erp.customer")).isEqualTo("150");
            assertThat(ask(erp, "SELECT count(DISTINCT snapshot_date) FROM erp.stock_level"))
                    .isEqualTo("90");
        }
    }

    @Test
    void loadingAgainDoesNothingAndLoadingAnotherCompanyReplacesIt() throws SQLException {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection erp = postgres.connectAsErp()) {
            assertThat(ErpDatabase.load(erp, Company.simulate(OPTIONS))).isZero();
            DemoOptions smaller = new DemoOptions(0.05, OPTIONS.date(), 9);
            assertThat(ErpDatabase.load(erp, Company.simulate(smaller))).isPositive();
            assertThat(ask(erp, "SELECT count(*) FROM erp.customer")).isEqualTo("75");
            ErpDatabase.load(erp, Company.simulate(OPTIONS));
            assertThat(ask(erp, "SELECT count(*) FROM erp.customer")).isEqualTo("150");
        }
    }

    @Test
    void tablesHaveTheContractsColumnsAndAChangeTime() throws SQLException {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection erp = postgres.connectAsErp()) {
            for (ErpTable table : ErpTable.values()) {
                List<String> columns = new ArrayList<>(Contracts.columns(table.tableName()));
                columns.add("changed_at");
                assertThat(ask(
                                erp,
                                "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns"
                                        + " WHERE table_schema = 'erp' AND table_name = '" + table.tableName() + "'"))
                        .isEqualTo(String.join(",", columns));
            }
        }
    }

    @Test
    void theReaderReadsTheErpAndTheWriterOwnsStagingAlone() throws SQLException, IOException {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection reader = as(postgres.reader(), postgres);
                Connection writer = as(postgres.writer(), postgres)) {
            assertThat(ask(reader, "SELECT count(*) FROM erp.product")).isEqualTo("31");
            assertRefused(reader, "DELETE FROM erp.product");
            assertRefused(reader, "CREATE TABLE millrace_staging.x (a int)");
            try (Statement statement = writer.createStatement()) {
                statement.execute("CREATE TABLE millrace_staging.x (a int)");
                statement.execute("DROP TABLE millrace_staging.x");
            }
            assertRefused(writer, "SELECT count(*) FROM erp.product");
            assertRefused(writer, "CREATE TABLE public.x (a int)");
            assertRefused(writer, "CREATE SCHEMA other");
        }
    }

    private static void assertRefused(Connection connection, String sql) {
        assertThatThrownBy(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void passwordsAreAskedForAndKeptFromOthers() throws IOException {
        try (DemoPostgres postgres = DemoPostgres.open(home)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), DemoPostgres.READER, "guess"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "guess"))
                    .hasMessageContaining("password authentication failed");
            Path file = postgres.writer().passwordFile();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(postgres.writer().reference()).isEqualTo("${file:" + file + "}");
            assertThat(postgres.writer().toString())
                    .doesNotContain(postgres.writer().password());
        }
    }

    @Test
    void aSecondUserJoinsAndTheLastOneStopsIt() throws SQLException {
        DemoPostgres first = DemoPostgres.open(home);
        try (DemoPostgres second = DemoPostgres.open(home)) {
            assertThat(second.startedHere()).isFalse();
            assertThat(second.port()).isEqualTo(first.port());
            first.close();
            try (Connection erp = second.connectAsErp()) {
                assertThat(ErpDatabase.isLoaded(erp, OPTIONS)).isTrue();
            }
        }
        assertThatThrownBy(first::connectAsErp).isInstanceOf(SQLException.class);
    }

    @Test
    void aKilledServerRecoversAndItsPidFileIsNoObstacle() throws Exception {
        DemoPostgres postgres = DemoPostgres.open(home);
        Postmaster server = Postmaster.of(home.resolve("postgres/data")).orElseThrow();
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        assertThat(server.pidFile()).exists();
        postgres.close();
        dataSurviveFromStartToStart();
    }

    @Test
    void aPidFileThatNamesAnotherProgramIsStale() throws Exception {
        DemoPostgres.open(home).close();
        Path pidFile = home.resolve("postgres/data/postmaster.pid");
        long self = ProcessHandle.current().pid();
        Files.writeString(pidFile, self + "\n" + home + "\n0\n5432\n\n127.0.0.1\n\nready\n");
        dataSurviveFromStartToStart();
    }

    @Test
    void aKilledUserLeavesARunningServerThatTheNextOneJoinsAndStops() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process user = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenAndWait.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(user.inputReader().lines().anyMatch("open"::equals)).isTrue();
        user.destroyForcibly().waitFor();
        try (DemoPostgres postgres = DemoPostgres.open(home)) {
            assertThat(postgres.startedHere()).isFalse();
        }
        assertThat(Postmaster.of(home.resolve("postgres/data"))).isEmpty();
    }

    /** A user in a process of its own. */
    static final class OpenAndWait {
        public static void main(String[] arguments) throws InterruptedException {
            DemoPostgres.open(Path.of(arguments[0]));
            System.out.println("\nopen");
            Thread.sleep(60_000);
        }
    }

    @Test
    void aFirstStartThatWasInterruptedIsBegunAgain(@TempDir Path other) throws IOException, SQLException {
        Path data = Files.createDirectories(other.resolve("postgres/data"));
        Files.writeString(data.resolve("postgresql.conf"), "half a file");
        try (DemoPostgres postgres = DemoPostgres.open(other);
                Connection erp = postgres.connectAsErp()) {
            assertThat(ask(erp, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aHomeThatCannotHoldADatabaseIsAFailureOutside(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("postgres"), "a file where a folder should be");
        assertThatThrownBy(() -> DemoPostgres.open(other))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.OUTSIDE))
                .hasMessageContaining(other.toString())
                .hasMessageContaining("server.log");
    }
}
