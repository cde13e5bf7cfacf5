package io.millrace.contracts.source;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Identifiers;
import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything about a source system that one key of its YAML cannot show by itself. */
final class SourceChecks {

    private static final Pattern STAR = Pattern.compile("(?i)\\bselect\\s+(\\w+\\.)?\\*");

    private final SourceSystem system;
    private final YamlNode node;
    private final ContractCatalog contracts;
    private final Problems problems;

    SourceChecks(SourceSystem system, YamlNode node, ContractCatalog contracts, Problems problems) {
        this.system = system;
        this.node = node;
        this.contracts = contracts;
        this.problems = problems;
    }

    /** @param texts file of the system → its text */
    void check(Map<String, String> texts) {
        // What could not be read has been told, and is null here.
        system.tables().forEach((name, table) -> {
            if (table != null) {
                table(name, table);
            }
        });
        system.fills().forEach((target, fill) -> {
            if (fill != null) {
                fill(target, fill);
            }
        });
        texts.forEach(this::requireAnswered);
        texts.keySet().stream()
                .filter(this::isUnusedSelect)
                .forEach(file -> problems.add(
                        system.name() + "/" + file,
                        "no fill is named '" + table(file) + "'"
                                + Problems.didYouMean(
                                        table(file), system.fills().keySet())));
    }

    private void requireAnswered(String file, String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (SourceSystem.isOpen(line)) {
                problems.add(
                        system.name() + "/" + file + ":" + (i + 1),
                        "is left open, answer it and take the comment away: "
                                + line.substring(line.indexOf(SourceSystem.OPEN) + SourceSystem.OPEN.length())
                                        .strip());
            }
        }
    }

    private boolean isUnusedSelect(String file) {
        return file.endsWith(".sql") && !file.contains("/") && !system.fills().containsKey(table(file));
    }

    private static String table(String file) {
        return file.substring(0, file.length() - ".sql".length());
    }

    private void table(String name, SourceTable table) {
        String where = node.where("tables", name);
        if (!Identifiers.isSimple(name)) {
            problems.add(where, "tables." + name + ": a table's name must be an identifier");
        }
        table.columns().keySet().stream()
                .filter(c -> !Identifiers.isSimple(c) || c.startsWith("_"))
                .forEach(c -> problems.add(
                        node.where("tables", name, "columns", c),
                        "tables." + name + ": column '" + c + "' must be an identifier that does not start with _"));
        columns(name, "key", table.key(), table);
        columns(name, "sequence", table.sequence(), table);
        columns(name, "compare", table.compare(), table);
        columns(name, "watermark", one(table.watermark()), table);
        columns(name, "partition", one(table.partition()), table);
        if (!table.compare().isEmpty() && table.key().isEmpty()) {
            problems.add(node.where("tables", name, "compare"), "tables." + name + ".compare needs a key");
        }
        if (table.mode() == SourceTable.Mode.FULL && table.key().isEmpty()) {
            problems.add(where, "tables." + name + ": mode full needs a key, by which a row that is gone is known");
        }
        if (system.kind() == SourceSystem.Kind.JDBC && table.format() != null) {
            problems.add(node.where("tables", name, "format"), "tables." + name + ".format is for kind files only");
        }
        if (system.kind() == SourceSystem.Kind.FILES) {
            ofDatabasesOnly(name, "query", one(table.query()));
            ofDatabasesOnly(name, "watermark", one(table.watermark()));
            ofDatabasesOnly(name, "partition", one(table.partition()));
            ofDatabasesOnly(name, "compare", table.compare());
        }
    }

    private void ofDatabasesOnly(String table, String key, List<String> given) {
        if (!given.isEmpty()) {
            problems.add(node.where("tables", table, key), "tables." + table + "." + key + " is for kind jdbc only");
        }
    }

    private void columns(String table, String key, List<String> used, SourceTable of) {
        for (String column : used) {
            known(node.where("tables", table, key), "tables." + table + "." + key, column, table, of);
        }
    }

    private void known(String where, String at, String column, String table, SourceTable of) {
        if (!of.columns().containsKey(column)) {
            problems.add(
                    where,
                    at + " names the unknown column '" + column + "' of " + table
                            + Problems.didYouMean(column, of.columns().keySet()));
        }
    }

    private void fill(String target, Fill fill) {
        String at = "fills." + target;
        if (contracts.find("silver." + target).isEmpty()) {
            List<String> known =
                    contracts.inDatabase("silver").stream().map(c -> c.table()).toList();
            problems.add(
                    node.where("fills", target),
                    at + ": there is no table silver." + target + Problems.didYouMean(target, known));
        }
        source(node.where("fills", target, "from"), at, fill.from());
        fill.also().forEach((table, by) -> also(target, fill.from(), table, by));
        select(target, fill);
    }

    private void also(String target, String from, String table, List<String> by) {
        String where = node.where("fills", target, "also", table);
        String at = "fills." + target + ".also." + table;
        if (by == null) {
            return;
        }
        if (by.isEmpty()) {
            problems.add(where, at + " names no column by which the rows of " + from + " are found");
        }
        source(where, at, table);
        for (String side : Arrays.asList(from, table)) {
            SourceTable of = system.tables().get(side);
            if (of != null) {
                by.forEach(column -> known(where, at, column, side, of));
            }
        }
    }

    private void source(String where, String at, String table) {
        if (table != null && !system.tables().containsKey(table)) {
            problems.add(
                    where,
                    at + " reads the unknown table '" + table + "'"
                            + Problems.didYouMean(table, system.tables().keySet()));
        }
    }

    private void select(String target, Fill fill) {
        String select = system.sql().get(target);
        if (select.isBlank()) {
            problems.add(
                    node.where("fills", target),
                    "fills." + target + ": the file " + target + ".sql with its SELECT is missing");
        } else if (!select.contains("_row") && !STAR.matcher(select).find()) {
            problems.add(
                    system.name() + "/" + target + ".sql",
                    "the SELECT must carry _row, the identity of the row of '" + fill.from() + "' that it came from");
        }
    }

    private static List<String> one(String nullable) {
        return Stream.ofNullable(nullable).toList();
    }
}
