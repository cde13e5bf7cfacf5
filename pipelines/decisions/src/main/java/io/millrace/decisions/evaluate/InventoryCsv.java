package io.millrace.decisions.evaluate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.decisions.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        return parse(Files.readString(file));
    }

    /** The items of this text, whose first line is the header; an error names the line. */
    public static List<InventoryItem> parse(String text) {
        List<CsvRecord> records = records(text.startsWith("\uFEFF") ? text.substring(1) : text);
        Require.that(!records.isEmpty(), "the file is empty; its first line names the columns");
        List<String> header = header(fields(records.get(0)));
        List<InventoryItem> items = new ArrayList<>();
        for (CsvRecord record : records.subList(1, records.size())) {
            List<String> fields = fields(record);
            if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                items.add(item(header, fields, record.getStartingLineNumber()));
            }
        }
        Require.that(!items.isEmpty(), "the file has a header and no items");
        return items;
    }

    private static List<CsvRecord> records(String text) {
        try {
            return CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .trimWhitespacesAroundQuotes(true)
                    .ofCsvRecord(text)
                    .stream()
                    .toList();
        } catch (CsvParseException e) {
            String why = e.getCause() == null
                    ? e.getMessage()
                    : e.getMessage() + ": " + e.getCause().getMessage();
            throw new IllegalArgumentException(why, e);
        }
    }

    private static List<String> fields(CsvRecord record) {
        List<String> fields = record.getFields().stream().map(String::strip).toList();
        // The parser closes a quote that stays open at the end of the text, and no field of an item has lines.
        Require.that(
                fields.stream().noneMatch(field -> field.indexOf('\n') >= 0),
                "line %d: a quote is opened and not closed",
                record.getStartingLineNumber());
        return fields;
    }

    private static List<String> header(List<String> names) {
        List<String> header =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
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

    private static InventoryItem item(List<String> header, List<String> fields, long number) {
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
}
