package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads items from a CSV file in UTF-8: a header with the column names of {@link InventoryItem#ofRow}, in any order, one item a
 * line, fields quoted with " where they hold a comma.
 */
public final class InventoryCsv {

    private static final Set<String> REQUIRED =
            Set.of("item", "lead_time", "holding", "shortage", "order_cost", "review");
    private static final Set<String> COLUMNS = Set.of(
            "item",
            "lead_time",
            "demand_mean",
            "demand_sd",
            "holding",
            "shortage",
            "order_cost",
            "unit_cost",
            "review",
            "demand_history",
            "distribution",
            "min",
            "max");

    private InventoryCsv() {}

    /** The items of the file; an error names the line. */
    public static List<InventoryItem> read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /** The items of these lines, the first of which is the header. */
    public static List<InventoryItem> parse(List<String> lines) {
        Require.that(!lines.isEmpty(), "the file is empty; its first line names the columns");
        List<String> header = header(lines.get(0));
        List<InventoryItem> items = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                items.add(item(header, lines.get(i), i + 1));
            }
        }
        Require.that(!items.isEmpty(), "the file has a header and no items");
        return items;
    }

    private static List<String> header(String line) {
        List<String> header = fields(line.startsWith("\uFEFF") ? line.substring(1) : line).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        Set<String> missing = new TreeSet<>(REQUIRED);
        header.forEach(missing::remove);
        Require.that(
                missing.isEmpty(),
                "columns %s are missing; the header names %s, and columns are separated by commas",
                missing,
                header);
        Require.that(Set.copyOf(header).size() == header.size(), "a column is named twice in the header %s", header);
        List<String> unknown =
                header.stream().filter(name -> !COLUMNS.contains(name)).toList();
        Require.that(unknown.isEmpty(), "columns %s are not known; known are %s", unknown, new TreeSet<>(COLUMNS));
        return header;
    }

    private static InventoryItem item(List<String> header, String line, int number) {
        List<String> fields = fields(line);
        try {
            Require.that(
                    fields.size() == header.size(), "%s fields, and the header has %s", fields.size(), header.size());
            Map<String, String> row = new HashMap<>();
            for (int column = 0; column < header.size(); column++) {
                row.put(header.get(column), fields.get(column));
            }
            return InventoryItem.ofRow(row);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private static List<String> fields(String line) {
        String[] parts = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        return Arrays.stream(parts).map(InventoryCsv::unquoted).toList();
    }

    private static String unquoted(String field) {
        String text = field.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
