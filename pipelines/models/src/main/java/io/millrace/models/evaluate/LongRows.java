package io.millrace.models.evaluate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the rows of a file in the long format, by id and in the order of the file. */
final class LongRows {

    /**
     * @param line  of the file, from 1
     * @param time  from {@code ds}
     * @param value from {@code y}; NaN where it is blank
     */
    record Row(long line, Moment time, double value) {
        boolean isBlank() {
            return Double.isNaN(value);
        }
    }

    private final String file;
    private final Moment.Calendar calendar = new Moment.Calendar();
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private long line;
    private int id = -1;
    private int time = -1;
    private int value = -1;

    LongRows(String file) {
        this.file = file;
    }

    /** The rows of each id. @throws IllegalArgumentException where there are none, or one is malformed */
    Map<String, List<Row>> read(BufferedReader text) throws IOException {
        // A byte order mark belongs to the encoding, not to the first column's name.
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(text)) {
            for (CsvRecord record : records) {
                line = record.getStartingLineNumber();
                take(record.getFields());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(
                    "%s is no table of comma-separated values: behind line %d a quote is closed or opened amid a field"
                            .formatted(file, line),
                    e);
        }
        if (id < 0) {
            throw new IllegalArgumentException(file + " is empty: unique_id, ds and y are needed.");
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " has no rows after its header.");
        }
        return rows;
    }

    private void take(List<String> fields) {
        // The parser closes a quote that stays open at the end of the file, and no field of this format has lines.
        if (fields.stream().anyMatch(field -> field.indexOf('\n') >= 0)) {
            throw refused("ends within quotes", null);
        }
        if (id < 0) {
            readHeader(fields.stream().map(String::trim).toList());
        } else if (fields.size() > 1 || !fields.get(0).isBlank()) {
            readRow(fields);
        }
    }

    private void readHeader(List<String> names) {
        id = column("unique_id", names);
        time = column("ds", names);
        value = column("y", names);
    }

    private int column(String name, List<String> names) {
        int column = names.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException(file + " has the columns " + names + ", but no " + name
                    + ": unique_id, ds and y are needed, with commas between them. Maybe the header line is missing.");
        }
        if (names.lastIndexOf(name) != column) {
            throw new IllegalArgumentException(
                    file + " has the column " + name + " twice: name one of them otherwise.");
        }
        return column;
    }

    private void readRow(List<String> fields) {
        int needed = Math.max(id, Math.max(time, value)) + 1;
        if (fields.size() < needed) {
            throw refused("has " + fields.size() + " fields, but at least " + needed + " are needed", null);
        }
        String name = fields.get(id);
        String ds = fields.get(time).trim();
        if (name.isBlank() || ds.isEmpty()) {
            throw refused("has no " + (name.isBlank() ? "unique_id" : "ds"), null);
        }
        Row row = new Row(line, calendar.of(ds), number(fields.get(value).trim()));
        rows.computeIfAbsent(name, first -> new ArrayList<>()).add(row);
    }

    private double number(String text) {
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw refused("has y '" + text + "', which is not a number. Leave y empty where there is none", notANumber);
        }
        throw refused("has y '" + text + "', which is not finite. Leave y empty where there is none", null);
    }

    private IllegalArgumentException refused(String what, Throwable cause) {
        return new IllegalArgumentException("Line " + line + " of " + file + " " + what + ".", cause);
    }
}
