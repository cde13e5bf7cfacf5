package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceColumn;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.TestLake;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every SELECT of a system, before it has a row to read. */
class MappingsTest {

    @TempDir
    private Path none;

    private List<String> failures(SourceSystem system) {
        Settings settings = SettingsReader.read(null, List.of("home=" + none, "currency=EUR"));
        return Mappings.failures(TestLake.get(), settings, system).stream()
                .peek(f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .map(Failure::getMessage)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "online-retail", "tryton", "sap"})
    void everyShippedSelectIsUnderstoodAndGuessesNothing(String name) {
        Problems problems = new Problems();
        SourceSystem system = SourceSystem.load(name, none, ContractCatalog.load(), problems);
        problems.refuse(name);
        assertThat(system.fills()).isNotEmpty();
        assertThat(failures(system)).isEmpty();
    }

    @Test
    void everySelectThatANightWouldRefuseIsTold() {
        String description = """
                about: A desk.
                kind: files
                tables:
                  line: {key: [no], columns: {no: {}, day: {as: date}, article: {}, quantity: {as: number}}}
                  stamped: {key: [no], operation: "CASE WHEN opp = 'X' THEN 'D' END", columns: {no: {}, op: {}}}
                fills:
                  sales_line: {from: line}
                  product: {from: line}
                  customer: {from: line}
                  supplier: {from: line}
                  stock_move: {from: line}
                  site: {from: stamped}
                  supplier_product: {from: line}
                  purchase_line: {from: line}
                """;
        Problems problems = new Problems();
        SourceSystem system = SourceSystem.of(
                "desk",
                Map.of(
                        "source.yaml", description,
                        "sales_line.sql", "SELECT _row,\n  no AS order_no,\n  artikel AS product_code\nFROM line",
                        "product.sql", "SELECT _row, article AS product_code, article AS nam FROM line",
                        "customer.sql", "SELECT _row, no AS customer_code\nFROM lines",
                        "supplier.sql", "SELECT _row, no AS supplier_code,, FROM line",
                        "stock_move.sql", "SELECT _row, no AS document_no, quantity * 2 AS quantity FROM line",
                        "purchase_line.sql", """
                                WITH known AS (SELECT _row, no, CASE WHEN day IS NULL THEN 'paid' ELSE 'done' END AS state FROM line)
                                SELECT _row, no AS order_no, coalesce(if(no = '1', 'opened', state), 'cancelled') AS status FROM known WHERE no < 'A'
                                UNION ALL SELECT _row, no, 'sent' FROM known WHERE no >= 'A'""",
                        "supplier_product.sql", "SELECT _row, no AS supplier_code, no AS supplier_code FROM line",
                        "site.sql", "SELECT _row, no AS site_code FROM stamped"),
                ContractCatalog.load(),
                problems);
        problems.refuse("desk");

        List<String> failures = failures(system);

        assertThat(failures).hasSize(8);
        assertThat(failures.get(0))
                .startsWith("desk/sales_line.sql:3: A column")
                .contains("`artikel`", "`article`");
        assertThat(failures.get(1)).contains("silver.product gives nam", "did you mean 'name'");
        assertThat(failures.get(2)).startsWith("desk/customer.sql:2: ").contains("`lines`");
        assertThat(failures.get(3)).startsWith("desk/supplier.sql:1: ");
        assertThat(failures.get(4)).startsWith("desk/stock_move.sql takes the text line.quantity for a ");
        assertThat(failures.get(5))
                .startsWith("desk/source.yaml: tables.stamped: ")
                .contains("`opp`");
        assertThat(failures.get(6))
                .startsWith("The SELECT that fills silver.supplier_product: ")
                .contains("`supplier_code`");
        assertThat(failures.get(7))
                .as("words that a night would send to quarantine")
                .startsWith(
                        "desk/purchase_line.sql gives 'opened', but status must be one of open, done, cancelled, and 'paid', but ")
                .contains("'sent'")
                .doesNotContain("'done'", "'cancelled'", "'1'", "'A'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yyyy-MM-dd H:mm:ss"})
    void anHourThatTheClockLeavesOutOrShowsTwiceHasTheOffsetBeforeTheChange(String format) {
        SourceColumn column = new SourceColumn(
                false,
                SourceColumn.Reading.TIMESTAMP,
                format.isEmpty() ? List.of() : List.of(format),
                ZoneId.of("Europe/Berlin"));
        String delivered = Stream.of(
                        "2026-02-28 12:00:00",
                        "2026-03-29 01:59:59",
                        "2026-03-29 02:30:00",
                        "2026-03-29 03:00:00",
                        "2026-10-25 02:30:00",
                        "2026-10-25 03:00:00",
                        "2026-07-01",
                        "2026-07-01T12:00:00Z",
                        "2026-07-01 12:00:00+05:30",
                        "2026-02-30 10:00:00",
                        "soon")
                .map(text -> "('" + text + "')")
                .collect(Collectors.joining(", "));
        assertThat(TestLake.get()
                        .spark()
                        .sql("SELECT coalesce(CAST(try_cast(read AS timestamp) AS string), read) FROM (SELECT "
                                + column.sql("c") + " AS read FROM VALUES " + delivered + " AS t(c))")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly(
                        "2026-02-28 11:00:00",
                        "2026-03-29 00:59:59",
                        "2026-03-29 01:30:00",
                        "2026-03-29 01:00:00",
                        "2026-10-25 00:30:00",
                        "2026-10-25 02:00:00",
                        "2026-06-30 22:00:00",
                        "2026-07-01 12:00:00",
                        "2026-07-01 06:30:00",
                        "2026-02-30 10:00:00",
                        "not a timestamp: soon");
    }
}
