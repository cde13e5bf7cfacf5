package io.millrace.contracts.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.yaml.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedSystemsTest {

    private static final ContractCatalog CONTRACTS = ContractCatalog.load();

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tryton", "online-retail", "sap"})
    void everyShippedSystemLoadsWithoutAProblem(String name) {
        SourceSystem system = load(name);
        assertThat(system.name()).isEqualTo(name);
        assertThat(system.tables()).isNotEmpty();
        assertThat(system.fills()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tryton", "online-retail", "sap"})
    void everySourceTableIsReadBySomeSelect(String name) {
        SourceSystem system = load(name);
        String all = String.join("\n", system.sql().values());
        assertThat(system.tables().keySet())
                .allMatch(table ->
                        Pattern.compile("\\b" + table + "\\b").matcher(all).find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tryton", "online-retail", "sap"})
    void aSelectReadsItsDrivingTableAndThoseThatCallForItAnew(String name) {
        SourceSystem system = load(name);
        system.fills().forEach((target, fill) -> {
            String select = system.sql().get(target);
            assertThat(select).containsPattern("(?i)\\bfrom\\s+" + fill.from() + "\\b");
            fill.also()
                    .keySet()
                    .forEach(table -> assertThat(select).containsPattern("(?i)(from|join)\\s+" + table + "\\b"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tryton", "online-retail", "sap"})
    void onlyADerivedFillDropsRowsOfItsDrivingTable(String name) {
        SourceSystem system = load(name);
        system.fills().forEach((target, fill) -> {
            String outermost = withoutParentheses(system.sql().get(target));
            if (!fill.derived()) {
                assertThat(outermost).as(target).doesNotContainPattern("(?i)\\b(where|group by|having|inner join)\\b");
                assertThat(outermost.replaceAll("(?i)left join", ""))
                        .as(target)
                        .doesNotContainPattern("(?i)\\bjoin\\b");
            } else {
                assertThat(system.sql().get(target)).containsPattern("max\\((\\w+\\.)?_row\\)");
            }
        });
    }

    @Test
    void theCanonicalDropHasExactlyTheColumnsOfTheContracts() {
        SourceSystem csv = load("csv");
        csv.tables().forEach((name, table) -> {
            TableContract contract = CONTRACTS.get("silver." + name);
            assertThat(table.columns().keySet())
                    .containsExactlyElementsOf(
                            contract.ownColumns().stream().map(c -> c.name()).toList());
            assertThat(table.key())
                    .containsExactlyElementsOf(contract.key().stream()
                            .filter(k -> !k.equals("source"))
                            .toList());
        });
    }

    @Test
    void trytonQueriesAreBoundAndWatermarked() {
        SourceSystem tryton = load("tryton");
        assertThat(tryton.kind()).isEqualTo(SourceSystem.Kind.JDBC);
        tryton.tables().forEach((name, table) -> {
            String query = table.query();
            assertThat(query.replaceAll("--[^\n]*", ""))
                    .as(name)
                    .containsIgnoringCase("select")
                    .doesNotContain(";");
            // A question mark is a placeholder of JDBC, and a cast written :: looks like a parameter.
            assertThat(query).as(name).doesNotContain("?").doesNotContain("::");
            assertThat(parameters(query)).as(name).isSubsetOf(":business_date");
            assertThat(table.watermark()).as(name).isEqualTo(name.equals("stock_level") ? null : "changed_at");
            table.columns().keySet().forEach(c -> assertThat(query).as(name).containsPattern("\\b" + c + "\\b"));
        });
    }

    @Test
    void trytonComparesWhatAMergeOfTwoPartiesRewritesUnseen() {
        Map<String, SourceTable> tables = load("tryton").tables();
        assertThat(tables.get("sales_line").compare()).contains("customer_code");
        assertThat(tables.get("purchase_line").compare()).contains("supplier_code");
        assertThat(tables.get("customer").compare()).contains("replaced_by", "category");
    }

    @Test
    void sapTakesAMissingRowForDeletedNowhere() {
        SourceSystem sap = load("sap");
        assertThat(sap.tables().values()).noneMatch(t -> t.mode() == SourceTable.Mode.FULL);
        assertThat(sap.tables().get("VBAP").operation())
                .contains("trim(ODQ_CHANGEMODE) = 'D' THEN 'D'")
                .contains("RLIKE '^-|-$' THEN 'B'");
        assertThat(sap.tables().get("VBAP").sequence()).containsExactly("ODQ_TSN", "ODQ_UNITNO", "ODQ_RECORDNO");
    }

    @Test
    void sapKeysMeetWhateverTheirPaddingAndPlantsKeepTheirZeros() {
        SourceSystem sap = load("sap");
        List<String> padded = List.of("KUNNR", "LIFNR", "MATNR", "VBELN", "POSNR", "EBELN", "EBELP", "MBLNR", "INFNR");
        sap.tables()
                .forEach((name, table) -> table.columns().forEach((column, read) -> {
                    if (padded.contains(column)) {
                        assertThat(read.as()).as(name + "." + column).isEqualTo(SourceColumn.Reading.CODE);
                    } else if (column.equals("WERKS") || column.equals("LGORT") || column.equals("MANDT")) {
                        assertThat(read.as()).as(name + "." + column).isEqualTo(SourceColumn.Reading.TEXT);
                    }
                }));
    }

    @Test
    void onlineRetailAccountsForEveryLineInOneFill() {
        SourceSystem retail = load("online-retail");
        assertThat(retail.tables().get("invoice_lines").mode()).isEqualTo(SourceTable.Mode.SLICE);
        assertThat(retail.fills().entrySet().stream()
                        .filter(e -> !e.getValue().derived())
                        .map(Map.Entry::getKey))
                .containsExactly("sales_line");
    }

    private static SourceSystem load(String name) {
        Problems problems = new Problems();
        SourceSystem system = SourceSystem.load(name, Path.of("no-folder-of-the-user"), CONTRACTS, problems);
        assertThat(problems.list()).isEmpty();
        return system;
    }

    private static List<String> parameters(String query) {
        return Pattern.compile(":[a-z_]+")
                .matcher(query)
                .results()
                .map(r -> r.group())
                .collect(Collectors.toList());
    }

    /** The text outside all parentheses and comments. */
    private static String withoutParentheses(String sql) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        for (char c : sql.replaceAll("--[^\n]*", "").toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && c != ')') {
                outside.append(c);
            }
        }
        return outside.toString();
    }
}
