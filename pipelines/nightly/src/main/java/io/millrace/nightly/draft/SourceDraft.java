package io.millrace.nightly.draft;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.source.FileFormat;
import io.millrace.contracts.source.SourceColumn.Reading;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.yaml.Problems;
import io.millrace.nightly.ingest.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A first {@code source.yaml} and SELECTs for files that a system delivers. What they hold is guessed from the first rows of each file; the guesses are
 * marked, and what no row tells is left open ({@link SourceSystem#OPEN}), so that nothing runs before somebody has answered it.
 *
 * @param files name → text, {@code source.yaml} first
 * @param open  questions that are left open
 * @param left  files that nothing was made of, each with the reason
 */
public record SourceDraft(Map<String, String> files, int open, List<String> left) {

    /**
     * @param folder with files, or with folders of them as a drop has
     * @throws Failure of kind USAGE if there is no file that a night would read
     */
    public static SourceDraft of(Path folder, ContractCatalog contracts) {
        Problems left = new Problems();
        List<TableDraft> tables =
                alike(Sample.of(folder, left).stream().map(TableDraft::of).toList());
        if (tables.isEmpty()) {
            throw Failure.usage("There is nothing to read in %s%s"
                    .formatted(folder, left.isEmpty() ? "" : ": " + String.join("; ", left.list())));
        }
        List<FillDraft> fills = fills(tables, contracts);
        Map<String, TableDraft> read = new LinkedHashMap<>();
        tables.forEach(table -> read.put(table.name(), table));
        fills.forEach(fill -> read.compute(fill.from().name(), (name, table) -> read(fill, table)));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("source.yaml", yaml(folder, List.copyOf(read.values()), fills));
        fills.forEach(fill -> files.put(fill.silver().table() + ".sql", select(fill)));
        int open = files.values().stream()
                .mapToInt(
                        text -> (int) text.lines().filter(SourceSystem::isOpen).count())
                .sum();
        return new SourceDraft(files, open, left.list());
    }

    /** A code that is padded in one table is one in all of them, or their keys would not meet. */
    private static List<TableDraft> alike(List<TableDraft> tables) {
        Set<String> codes = tables.stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.as() == Reading.CODE)
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return tables.stream()
                .map(t -> t.with(
                        t.columns().stream()
                                .map(c -> codes.contains(c.name().toLowerCase(Locale.ROOT)) && c.as() != Reading.CODE
                                        ? c.as(Reading.CODE, "leading zeros in another table")
                                        : c)
                                .toList(),
                        t.key()))
                .toList();
    }

    /** Each table of silver from the one that resembles it most, and each table for the one of silver that it resembles most. */
    private static List<FillDraft> fills(List<TableDraft> tables, ContractCatalog contracts) {
        List<FillDraft> all = contracts.inDatabase("silver").stream()
                .flatMap(silver -> tables.stream().map(table -> FillDraft.of(silver, table)))
                .filter(fill -> fill.score() > 0)
                .sorted(Comparator.comparing(FillDraft::score).reversed())
                .toList();
        Set<String> taken = new HashSet<>();
        Map<String, FillDraft> fills = new TreeMap<>();
        for (FillDraft fill : all) {
            if (!fills.containsKey(fill.silver().table())
                    && taken.add(fill.from().name())) {
                fills.put(fill.silver().table(), fill);
            }
        }
        return List.copyOf(fills.values());
    }

    private static TableDraft read(FillDraft fill, TableDraft table) {
        Map<String, ColumnContract> wanted = new LinkedHashMap<>();
        fill.columns()
                .forEach((silver, c) ->
                        wanted.put(c.name(), fill.silver().column(silver).orElseThrow()));
        return table.with(
                table.columns().stream()
                        .map(c -> wanted.containsKey(c.name()) ? FillDraft.read(wanted.get(c.name()), c) : c)
                        .toList(),
                fill.key());
    }

    private static String yaml(Path folder, List<TableDraft> tables, List<FillDraft> fills) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# A draft: what stands behind 'guessed' was guessed from the rows, and what stands behind OPEN is left open:");
        lines.add("# answer it and take the comment away, for doctor and nights refuse it until then.");
        lines.add("about: Files as in the folder "
                + quoted(String.valueOf(folder.getFileName())).replace("\"", "") + ".");
        lines.add("kind: files");
        FileFormat usual = mostCommon(tables);
        lines.add("format: {" + format(usual, null) + "}");
        lines.add("tables:");
        Set<String> driving = fills.stream().map(f -> f.from().name()).collect(Collectors.toSet());
        for (TableDraft table : tables) {
            lines.add("  " + table.name() + ":");
            lines.add("    # " + table.sample().file() + ", "
                    + table.sample().rows().size() + " rows looked at"
                    + (table.sample().malformed() == 0
                            ? ""
                            : ", and " + table.sample().malformed() + " lines that have another number of fields"));
            if (!table.sample().isNamedSo()) {
                lines.add("    # its files are to be delivered as " + table.name()
                        + ".csv: what stands before the first point is the table");
            }
            FileFormat own = table.sample().format();
            if (!own.equals(usual)) {
                lines.add("    format: {" + format(own, usual) + "}");
            }
            lines.add(
                    table.key().isEmpty()
                            ? "    # guessed: no key, for no few columns tell the rows apart; every row is one of its own"
                            : "    key: [" + String.join(", ", table.key()) + "] # guessed: " + apart(table));
            lines.add(
                    "    mode: delta # guessed: a file holds what changed. full if it holds everything, slice if everything of its date");
            lines.add("    columns:");
            table.columns().forEach(c -> lines.add(column(table, c)));
            if (!driving.contains(table.name())) {
                lines.add("    # guessed: resembles no table of silver; it can be looked up in the SELECTs of others");
            }
        }
        if (fills.isEmpty()) {
            lines.add(
                    "# OPEN: no table resembles one of silver by its columns: which one does it fill? millrace tables lists them");
            lines.add("fills: {}");
        } else {
            lines.add("fills:");
            fills.forEach(f -> lines.add("  " + f.silver().table() + ": {from: "
                    + f.from().name() + "} # guessed: " + f.columns().size() + " columns are named alike"));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String apart(TableDraft table) {
        long repeated = table.repeated(table.key());
        return repeated == 0
                ? "no two rows have the same"
                : "what silver knows a row by; %d rows have the same as an earlier one, and the last one counts"
                        .formatted(repeated);
    }

    private static String column(TableDraft table, ColumnDraft c) {
        List<String> keys = new ArrayList<>();
        if (table.key().contains(c.name())) {
            keys.add("required: true");
        }
        if (c.as() != Reading.TEXT) {
            keys.add("as: " + c.as().name().toLowerCase(Locale.ROOT));
        }
        if (c.format() != null) {
            keys.add("format: " + quoted(c.format()));
        }
        String remark = c.open() != null
                ? " " + SourceSystem.OPEN + " " + c.open()
                : c.guess() != null ? " guessed: " + c.guess() : "";
        return "      " + c.name() + ": {" + String.join(", ", keys) + "}" + (remark.isEmpty() ? "" : " #" + remark);
    }

    private static FileFormat mostCommon(List<TableDraft> tables) {
        return tables.stream()
                .map(t -> t.sample().format())
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** Its attributes; of those of a table only the ones in which it differs from the source. */
    private static String format(FileFormat format, FileFormat source) {
        Map<String, String> attributes = attributes(format);
        if (source != null) {
            attributes.entrySet().removeAll(attributes(source).entrySet());
        }
        return attributes.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> attributes(FileFormat format) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("delimiter", quoted(format.delimiter()));
        attributes.put("quote", format.quote().equals("none") ? "none" : quoted(format.quote()));
        attributes.put("header", String.valueOf(format.header()));
        attributes.put("encoding", format.encoding());
        return attributes;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
    }

    private static String select(FillDraft fill) {
        List<String> lines = new ArrayList<>();
        Set<String> used =
                fill.columns().values().stream().map(ColumnDraft::name).collect(Collectors.toSet());
        List<String> unused = fill.from().columns().stream()
                .map(ColumnDraft::name)
                .filter(c -> !used.contains(c))
                .toList();
        lines.add("-- Which column is which was guessed by their names.");
        if (!unused.isEmpty()) {
            lines.add("-- Not used: " + String.join(", ", unused));
        }
        List<String> none = fill.silver().ownColumns().stream()
                .filter(c -> !c.required() && !fill.columns().containsKey(c.name()))
                .map(ColumnContract::name)
                .toList();
        if (!none.isEmpty()) {
            lines.add("-- Not found: " + String.join(", ", none));
        }
        lines.add("SELECT _row");
        for (ColumnContract c : fill.silver().ownColumns()) {
            ColumnDraft found = fill.columns().get(c.name());
            if (found != null) {
                lines.add("     , `%s` AS %s%s"
                        .formatted(
                                found.name(),
                                c.name(),
                                FillDraft.isReadable(c, found)
                                        ? ""
                                        : " -- %s is it? It is named alike, but its values are no %s"
                                                .formatted(SourceSystem.OPEN, c.type())));
            } else if (c.required() && c.name().equals("line_no")) {
                lines.add(
                        "     , CAST(_line AS string) AS line_no -- guessed: the line of its file, which a corrected file has to keep");
            } else if (c.required()) {
                lines.add("     , NULL AS %s -- %s which column is it? %s"
                        .formatted(c.name(), SourceSystem.OPEN, c.comment()));
            }
        }
        lines.add("FROM `" + fill.from().name() + "`");
        return String.join("\n", lines) + "\n";
    }
}
