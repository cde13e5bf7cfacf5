package io.millrace.models.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
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
    Map<String, List<Row>> read(BufferedReader lines) throws IOException {
        readHeader(lines.readLine());
        line = 1;
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            line++;
            if (!text.isBlank()) {
                readRow(fields(text));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " has no rows after its header.");
        }
        return rows;
    }

    private void readHeader(String header) {
        if (header == null) {
            throw new IllegalArgumentException(file + " is empty: unique_id, ds and y are needed.");
        }
        // A byte order mark belongs to the encoding, not to the first column's name.
        List<String> names =
                fields(header.replace("\uFEFF", "")).stream().map(String::trim).toList();
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

    /** The fields of a line; a field in double quotes may hold commas, and a quote written twice. */
    private List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw refused("ends within quotes", null);
        }
        fields.add(field.toString());
        return fields;
    }
}
