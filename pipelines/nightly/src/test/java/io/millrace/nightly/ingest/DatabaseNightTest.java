package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose rows have a key of its own, beside the codes by which the tables of silver know them. */
class DatabaseNightTest {

    private static final String URL = "jdbc:h2:mem:erp";
    private static final String SYSTEM = """
            about: An ERP whose rows go by an id.
            kind: jdbc
            tables:
              party:
                key: [id]
                watermark: changed_at
                compare: [code]
                columns: {id: {required: true}, changed_at: {as: timestamp}, code: {required: true}, name: {}}
              sale:
                key: [id]
                watermark: changed_at
                compare: [order_no]
                columns:
                  id: {required: true}
                  changed_at: {as: timestamp}
                  order_no: {required: true}
                  sold_on: {as: date}
                  quantity: {as: number}
            fills:
              customer: {from: party}
              sales_line: {from: sale}
            """;

    @TempDir
    private Path home;

    private NightFixture erp;
    private Connection database;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    @BeforeEach
    void open() throws IOException, SQLException {
        erp = new NightFixture(
                home, "sources.erp.system=erp", "sources.erp.database.url=" + URL, "sources.erp.database.user=sa");
        write("source.yaml", SYSTEM);
        write("customer.sql", "SELECT _row, code AS customer_code, name FROM party");
        write(
                "sales_line.sql",
                "SELECT _row, order_no, '1' AS line_no, sold_on AS order_date, 'P1' AS product_code, 'A' AS site_code,"
                        + " quantity, 1 AS unit_price, quantity AS amount, 'done' AS status FROM sale");
        // The connection keeps the database in memory alive.
        database = DriverManager.getConnection(URL, "sa", "");
        execute(
                "CREATE TABLE party (id INT PRIMARY KEY, changed_at TIMESTAMP, code VARCHAR(20), name VARCHAR(20))",
                "CREATE TABLE sale (id INT PRIMARY KEY, changed_at TIMESTAMP, order_no VARCHAR(20), sold_on DATE, quantity INT)",
                "INSERT INTO party VALUES (1, '2026-02-01 08:00:00', 'C1', 'Ada'), (2, '2026-02-01 08:00:00', 'C2', 'Bob'),"
                        + " (3, '2026-02-01 08:00:00', 'C3', 'Cyd')",
                "INSERT INTO sale VALUES (1, '2026-02-01 08:00:00', 'S1', '2026-02-01', 5), (2, '2026-02-01 08:00:00', 'S2', '2026-02-01', 7)");
    }

    @AfterEach
    void close() throws SQLException {
        execute("SHUTDOWN");
        database.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("conf/sources/erp")).resolve(name), text);
    }

    private void execute(String... all) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        }
    }

    private Night run(String date) {
        return erp.refined(date);
    }

    private static List<String> rows(Night night, String table, String... columns) {
        return NightFixture.sorted(night.lake().read(table).selectExpr(columns));
    }

    @Test
    void aRowThatIsKnownByAnotherCodeLeavesNothingUnderTheOldOne() throws SQLException {
        run("2026-03-01");
        execute(
                "UPDATE party SET code = 'C10' WHERE id = 1",
                "UPDATE party SET name = 'Robert', changed_at = '2026-03-02 08:00:00' WHERE id = 2",
                "UPDATE sale SET order_no = 'S1A' WHERE id = 1");

        Night night = run("2026-03-02");

        assertThat(rows(night, "silver.customer", "customer_code", "name", "valid_from", "valid_to"))
                .containsExactly(
                        "[C1,Ada,2026-03-01,2026-03-02]",
                        "[C10,Ada,2026-03-02,null]",
                        "[C2,Bob,2026-03-01,2026-03-02]",
                        "[C2,Robert,2026-03-02,null]",
                        "[C3,Cyd,2026-03-01,null]");
        assertThat(rows(night, "silver.sales_line", "order_no", "quantity"))
                .containsExactly("[S1A,5.000]", "[S2,7.000]");
        assertThat(night.ledger().extracts())
                .allSatisfy(e ->
                        assertThat(e.rowsBronze()).isEqualTo(e.rowsSilver() + e.rowsMerged() + e.rowsQuarantined()));
    }

    @Test
    void aCodeThatPassesToAnotherRowStays() throws SQLException {
        run("2026-03-01");
        execute("UPDATE party SET code = 'C2x' WHERE id = 2", "UPDATE party SET code = 'C2' WHERE id = 3");

        Night night = run("2026-03-02");

        assertThat(rows(night, "silver.customer", "customer_code", "name", "is_current"))
                .contains("[C2,Cyd,true]", "[C2x,Bob,true]", "[C3,Cyd,false]")
                .doesNotContain("[C2,Bob,true]");
    }

    @Test
    void aRowWhoseNewStateIsBadKeepsWhatItWasBefore() throws SQLException {
        run("2026-03-01");
        execute("UPDATE sale SET order_no = 'S1A', quantity = 99999999 WHERE id = 1");

        Night night = run("2026-03-02");

        assertThat(rows(night, "silver.sales_line", "order_no", "quantity"))
                .containsExactly("[S1,5.000]", "[S2,7.000]");
        // The watermark's overlap and the comparison of keys may both read the row.
        assertThat(rows(night, "ops.quarantine", "rule")).containsOnly("[quantity_range]");
    }

    @Test
    void aRowThatIsGoneAfterItsCodeChangedIsGoneUnderItsNewCode() throws SQLException {
        run("2026-03-01");
        execute("UPDATE sale SET order_no = 'S1A' WHERE id = 1");
        run("2026-03-02");
        execute("DELETE FROM sale WHERE id = 1");

        assertThat(rows(run("2026-03-03"), "silver.sales_line", "order_no")).containsExactly("[S2]");
    }

    /** Nobody would ever ask for them again: a row without a watermark, one without a partition, and all behind one of a far future. */
    @Test
    void everyRowIsReadWhateverItsWatermarkAndPartition() throws IOException, SQLException {
        write("source.yaml", SYSTEM.replace("    compare: [order_no]\n", "    partition: quantity\n"));
        execute(
                "INSERT INTO sale VALUES (3, '2062-01-01 00:00:00', 'S3', '2026-02-01', 9), (4, NULL, 'S4', '2026-02-01', NULL)");
        execute(
                "INSERT INTO sale SELECT x, '2026-02-01 08:00:00', 'T' || x, '2026-02-01', 5 FROM SYSTEM_RANGE(10, 29)");
        Night first = run("2026-03-01");
        assertThat(rows(first, "silver.sales_line", "order_no").stream().filter(row -> row.startsWith("[S")))
                .containsExactly("[S1]", "[S2]", "[S3]");
        assertThat(rows(first, "bronze.erp_sale", "_extract_id", "_line"))
                .as("a row is known again by both, however many have one value of the partition")
                .hasSize(24)
                .doesNotHaveDuplicates();
        assertThat(rows(first, "ops.quarantine", "rule")).as("read, and bad").containsExactly("[quantity_complete]");

        execute(
                "UPDATE sale SET quantity = 6, changed_at = '2026-03-02 08:00:00' WHERE id = 1",
                "UPDATE sale SET quantity = 4 WHERE id = 4");
        assertThat(rows(run("2026-03-02"), "silver.sales_line", "order_no", "quantity").stream()
                        .filter(row -> row.startsWith("[S")))
                .containsExactly("[S1,6.000]", "[S2,7.000]", "[S3,9.000]", "[S4,4.000]");
    }

    /** A change of the whole table is one more look at it, and not one for each few hundred of its keys. */
    @Test
    void manyRowsThatChangedBehindTheWatermarkAreReadAtOnce() throws SQLException {
        execute(
                "INSERT INTO sale SELECT x, '2026-02-01 08:00:00', 'A' || x, '2026-02-01', 1 FROM SYSTEM_RANGE(10, 12009)",
                "UPDATE sale SET changed_at = '2026-02-27 08:00:00' WHERE id = 1");
        run("2026-03-01");
        execute("UPDATE sale SET order_no = 'B' || id WHERE id >= 10 AND id < 12000", "SET QUERY_STATISTICS TRUE");

        Night night = run("2026-03-02");

        assertThat(night.lake()
                        .read("silver.sales_line")
                        .groupBy(org.apache.spark.sql.functions.expr("left(order_no, 1)"))
                        .count()
                        .collectAsList())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("[S,2]", "[A,10]", "[B,11990]");
        Extract sale = night.ledger().extracts().stream()
                .filter(e -> e.table().equals("sale") && e.businessDate().equals("2026-03-02"))
                .findFirst()
                .orElseThrow();
        assertThat(sale.rowsBronze())
                .as("what the overlap of the watermark reads, and what changed")
                .isEqualTo(1 + 11_990);
        try (Statement statement = database.createStatement();
                var found =
                        statement.executeQuery("SELECT sum(execution_count) FROM INFORMATION_SCHEMA.QUERY_STATISTICS"
                                + " WHERE sql_statement LIKE '%FROM (SELECT * FROM sale) q%'")) {
            found.next();
            assertThat(found.getInt(1)).isBetween(1, 6);
        }
    }

    @Test
    void aDatabaseThatRefusesTheQueryIsAConfigurationFailureThatShowsIt() throws SQLException {
        execute("ALTER TABLE sale DROP COLUMN quantity");

        assertThatThrownBy(() -> run("2026-03-01"))
                .satisfies(e -> assertThat(failure(e).kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .satisfies(e -> assertThat(failure(e)).hasMessageContaining("FROM (SELECT * FROM sale) q"));
        assertThat(erp.night("2026-03-01").ledger().extracts()).noneMatch(e -> e.state() == Extract.State.REFINED);
    }

    private static Failure failure(Throwable e) {
        Throwable cause = e;
        while (!(cause instanceof Failure)) {
            cause = cause.getCause();
        }
        return (Failure) cause;
    }
}
