package io.millrace.contracts.source;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.yaml.JsonSchema;
import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.Records;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.YamlNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A test of a mapping: rows that a source delivers on a date, and what becomes of them. It is a file {@code tests/*.yaml} in the folder of the
 * source system. An empty text is an empty value, in both directions.
 *
 * @param file       name below the folder {@code sources}, as in {@code wholesale/tests/commas.yaml}
 * @param about      what it shows, in a sentence
 * @param date       business date of the delivery
 * @param rows       source table → rows, column → value as delivered; a column that a row does not name is empty
 * @param expect     table of silver, without its database → all of its rows, column → value; other columns may hold anything
 * @param quarantine all rows in quarantine
 */
public record Fixture(
        String file,
        String about,
        LocalDate date,
        Map<String, List<Map<String, String>>> rows,
        Map<String, List<Map<String, String>>> expect,
        List<Refused> quarantine) {

    private static final String FOLDER = "tests/";

    /**
     * A row in quarantine.
     *
     * @param rule   that the row broke
     * @param table  of silver, without its database, that refused it; null for any
     * @param reason part of the reason; null for any
     */
    public record Refused(
            String rule, @Optional String table, @Optional String reason) {}

    /** The file as written. */
    record Written(
            String about,
            LocalDate date,
            Map<String, List<Map<String, String>>> rows,
            @Optional Map<String, List<Map<String, String>>> expect,
            @Optional List<Refused> quarantine) {}

    /** The JSON schema of a file of {@code tests}. */
    public static Map<String, Object> schema() {
        return JsonSchema.of(Written.class, "A test of a mapping of Millrace");
    }

    /**
     * The fixtures of a system, by name of their files.
     *
     * @param folder whose folders are the user's source systems, as {@link SourceSystem#load} takes it
     * @param problems gets what is wrong with them, as a table or column that does not exist
     */
    public static List<Fixture> load(SourceSystem system, Path folder, ContractCatalog contracts, Problems problems) {
        List<Fixture> fixtures = new ArrayList<>();
        SourceSystem.files(system.name(), folder).forEach((file, text) -> {
            if (file.startsWith(FOLDER) && file.endsWith(".yaml")) {
                Fixture fixture = of(system, system.name() + "/" + file, text, contracts, problems);
                if (fixture != null) {
                    fixtures.add(fixture);
                }
            }
        });
        return fixtures;
    }

    private static Fixture of(
            SourceSystem system, String file, String text, ContractCatalog contracts, Problems problems) {
        YamlNode node = YamlNode.parse(text, file, problems);
        Written written = Records.bind(node, Written.class, problems);
        if (written == null) {
            return null;
        }
        written.rows().forEach((table, rows) -> {
            SourceTable described = system.tables().get(table);
            if (described == null) {
                unknown(
                        node.where("rows", table),
                        "source table",
                        table,
                        system.tables().keySet(),
                        problems);
            } else {
                columns(node, "rows", table, rows, described.columns().keySet(), problems);
            }
        });
        written.expect().forEach((table, rows) -> {
            if (!system.fills().containsKey(table)) {
                unknown(
                        node.where("expect", table),
                        "fill",
                        table,
                        system.fills().keySet(),
                        problems);
            } else {
                TableContract contract = contracts.get("silver." + table);
                List<String> known =
                        contract.columns().stream().map(ColumnContract::name).toList();
                columns(node, "expect", table, rows, known, problems);
                values(node, contract, rows, problems);
            }
        });
        return new Fixture(
                file, written.about(), written.date(), written.rows(), written.expect(), written.quarantine());
    }

    private static void columns(
            YamlNode node,
            String part,
            String table,
            List<Map<String, String>> rows,
            Iterable<String> known,
            Problems problems) {
        for (int i = 0; i < rows.size(); i++) {
            for (String column : rows.get(i).keySet()) {
                String where = node.where(part, table, String.valueOf(i), column);
                unknown(where, "column of " + table, column, known, problems);
            }
        }
    }

    private static void unknown(String where, String what, String name, Iterable<String> known, Problems problems) {
        for (String one : known) {
            if (one.equals(name)) {
                return;
            }
        }
        problems.add(where, "there is no %s '%s'%s".formatted(what, name, Problems.didYouMean(name, known)));
    }

    /** An expectation that no value of the column could meet. */
    private static void values(
            YamlNode node, TableContract contract, List<Map<String, String>> rows, Problems problems) {
        for (int i = 0; i < rows.size(); i++) {
            String row = String.valueOf(i);
            rows.get(i)
                    .forEach((name, value) -> contract.column(name)
                            .filter(column -> !value.isEmpty() && !fits(column.type(), value))
                            .ifPresent(column -> problems.add(
                                    node.where("expect", contract.table(), row, name),
                                    "%s: '%s' is no %s".formatted(name, value, column.type()))));
        }
    }

    private static boolean fits(String type, String value) {
        try {
            if (isNumeric(type)) {
                new BigDecimal(value);
            } else if (type.equals("date")) {
                LocalDate.parse(value);
            }
            return !type.equals("boolean") || value.equals("true") || value.equals("false");
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Whether values of a column's type are numbers, of which 2.50 and 2.5 are the same. */
    public static boolean isNumeric(String type) {
        return type.startsWith("decimal") || List.of("int", "bigint", "double").contains(type);
    }
}
