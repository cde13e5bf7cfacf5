package io.millrace.nightly.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.source.Fixture;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.TestLake;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of mappings: those that are shipped, the one that the page on sources shows, and what is said of others. */
class RehearsalTest {

    private static final Path PAGE = Path.of("../../docs/sources.md");

    @TempDir
    private Path home;

    private Path wholesale;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    @BeforeEach
    void system() throws IOException {
        wholesale = home.resolve("conf/sources/wholesale");
        Files.createDirectories(wholesale.resolve("tests"));
        write("source.yaml", shown("about: Order lines"));
        write("sales_line.sql", shown("SELECT _row,\n           OrderNo"));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(wholesale.resolve(file), text);
    }

    /** The indented block of the page that begins so. */
    private static String shown(String beginning) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("    " + beginning);
        assertThat(from).as(beginning).isPositive();
        StringBuilder block = new StringBuilder();
        page.substring(from)
                .lines()
                .takeWhile(line -> line.startsWith("    ") || line.isBlank())
                .forEach(line -> block.append(line.strip().isEmpty() ? "" : line.substring(4))
                        .append('\n'));
        return block.toString();
    }

    private List<String> differences(String systemName) {
        Settings settings = SettingsReader.read(
                null,
                List.of(
                        "home=" + home,
                        "sources.desk.system=" + systemName,
                        "sources.desk.database.url=jdbc:postgresql://nowhere/none",
                        "sources.desk.database.user=reader"));
        Path conf = home.resolve("conf");
        SourceSystem system =
                Night.systems(settings, conf, ContractCatalog.load()).get("desk");
        Problems problems = new Problems();
        List<Fixture> fixtures = Fixture.load(system, conf.resolve("sources"), ContractCatalog.load(), problems);
        problems.refuse("The tests");
        assertThat(fixtures).isNotEmpty();
        List<String> differences = new ArrayList<>();
        for (Fixture fixture : fixtures) {
            Path scratch = home.resolve("scratch").resolve(fixture.file());
            differences.addAll(new Rehearsal(settings, conf, "desk", system).differences(fixture, scratch));
        }
        return differences;
    }

    @Test
    void theShippedTestsPass() {
        assertThat(differences("online-retail")).isEmpty();
    }

    @Test
    void theTestOfThePagePasses() throws IOException {
        write("tests/commas.yaml", shown("about: A decimal comma"));
        assertThat(differences("wholesale")).isEmpty();
    }

    @Test
    void whatDiffersIsToldRowByRow() throws IOException {
        write(
                "tests/commas.yaml",
                shown("about: A decimal comma")
                        .replace("quantity: 1250.5", "quantity: 12505")
                        .replace("line_no: 2, unit_price: \"\"", "line_no: 3, unit_price: 7")
                        .replace("reason: a test", "reason: another"));
        assertThat(differences("wholesale"))
                .hasSize(5)
                .startsWith(
                        "silver.sales_line: order_no A1, line_no 1: quantity: expected 12505, found 1250.500",
                        "silver.sales_line: expected, and not there: order_no A1, line_no 3, unit_price 7, status cancelled",
                        "silver.sales_line: not expected: order_no A1, line_no 2, order_date 2026-02-27, customer_code 123,"
                                + " quantity 3.000, unit_price nothing, status cancelled")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("quarantine: not expected: mapping of silver.sales_line: a test article; row 3: ")
                        .contains("\"OrderNo\":\"A2\""))
                .endsWith("quarantine: expected, and not there: mapping: another article");
    }

    @Test
    void whatANightRefusesIsTold() throws IOException {
        write("sales_line.sql", shown("SELECT _row,\n           OrderNo") + "WHERE Article <> 'TEST'\n");
        write("tests/commas.yaml", shown("about: A decimal comma"));
        assertThat(differences("wholesale"))
                .singleElement()
                .asString()
                .startsWith("a night refuses these rows: ")
                .contains("3 rows are in bronze and the mapping gave 2");
    }

    /** No delivery is too bad, and none too small, where it is an example. */
    @Test
    void aTestMayBeOfBadRowsAlone() throws IOException {
        StringBuilder test =
                new StringBuilder("about: Quantities that are none.\ndate: 2026-02-28\nrows:\n  orders:\n");
        StringBuilder refused = new StringBuilder("quarantine:\n");
        for (int i = 1; i <= 12; i++) {
            test.append("    - {OrderNo: A%d, LineNo: 1, OrderDate: 27.02.2026, Article: P, Qty: many}\n".formatted(i));
            refused.append("  - {rule: type, table: sales_line, reason: \"'many' is no decimal\"}\n");
        }
        write(
                "tests/many.yaml",
                test.append("expect: {sales_line: []}\n").append(refused).toString());
        assertThat(differences("wholesale")).isEmpty();
    }

    @Test
    void theRowsOfADatabaseAreGivenAsItsQueriesWouldAnswer() throws IOException {
        write(
                "source.yaml",
                shown("about: Order lines")
                        .replace("kind: files", "kind: jdbc")
                        .replaceAll("(?m)^format: .*\\R", "")
                        .replace(
                                "    key: [OrderNo, LineNo]",
                                "    key: [OrderNo, LineNo]\n    query: SELECT * FROM o"));
        write("tests/commas.yaml", shown("about: A decimal comma"));
        assertThat(differences("wholesale")).isEmpty();
    }
}
