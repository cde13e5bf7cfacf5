package io.millrace.contracts.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureTest {

    private static final ContractCatalog CONTRACTS = ContractCatalog.load();

    @TempDir
    private Path folder;

    private List<Fixture> load(String text, Problems problems) throws IOException {
        Path desk = Files.createDirectories(folder.resolve("desk/tests")).getParent();
        Files.writeString(
                desk.resolve("source.yaml"),
                "about: A desk.\nkind: files\ntables:\n  line: {columns: {no: {}, qty: {as: number}}}\nfills:\n  sales_line: {from: line}\n");
        Files.writeString(desk.resolve("sales_line.sql"), "SELECT _row, no AS order_no, qty AS quantity FROM line");
        Files.writeString(desk.resolve("tests/one.yaml"), text);
        SourceSystem system = SourceSystem.load("desk", folder, CONTRACTS, problems);
        return Fixture.load(system, folder, CONTRACTS, problems);
    }

    @Test
    void valuesAreTextAsWritten() throws IOException {
        Problems problems = new Problems();
        List<Fixture> fixtures = load("""
                about: Text.
                date: 2026-02-28
                rows:
                  line:
                    - {no: 0012, qty: 1.50}
                    - {no: yes, qty: ""}
                """, problems);
        assertThat(problems.list()).isEmpty();
        assertThat(fixtures).singleElement().satisfies(f -> {
            assertThat(f.file()).isEqualTo("desk/tests/one.yaml");
            assertThat(f.rows().get("line"))
                    .containsExactly(Map.of("no", "0012", "qty", "1.50"), Map.of("no", "yes", "qty", ""));
            assertThat(f.expect()).isEmpty();
            assertThat(f.quarantine()).isEmpty();
        });
    }

    @Test
    void everyProblemIsToldWithItsLine() throws IOException {
        Problems problems = new Problems();
        load("""
                about: Odd.
                date: 2026-02-28
                rows:
                  line:
                    - {no: 1}
                    - {no: 2, qyt: 3}
                  lines: []
                expect:
                  sales_lin: []
                  sales_line:
                    - order_no: 1
                      quantity: many
                      order_date: 31.12.2026
                    - {quantty: 1}
                """, problems);
        assertThat(problems.list())
                .containsExactly(
                        "desk/tests/one.yaml:6: there is no column of line 'qyt' (did you mean 'qty'?)",
                        "desk/tests/one.yaml:7: there is no source table 'lines' (did you mean 'line'?)",
                        "desk/tests/one.yaml:9: there is no fill 'sales_lin' (did you mean 'sales_line'?)",
                        "desk/tests/one.yaml:14: there is no column of sales_line 'quantty' (did you mean 'quantity'?)",
                        "desk/tests/one.yaml:12: quantity: 'many' is no decimal(18,3)",
                        "desk/tests/one.yaml:13: order_date: '31.12.2026' is no date");
    }
}
