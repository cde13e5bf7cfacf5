package io.millrace.models.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Series in the long format: a CSV file with the columns {@code unique_id}, {@code ds} and {@code y}, in any order and among
 * others. The rows of a series are taken in the order of the file, in which days and whole numbers may not go back; the series in
 * the order of their first rows.
 *
 * <p>Where the first {@code ds} of an id comes a second time, another series begins, which is called {@code id#2}, then
 * {@code id#3}: some public sets cut their ids.
 *
 * @param series values by name
 * @param rows   data rows read
 */
public record LongSeries(Map<String, double[]> series, long rows) {

    public LongSeries {
        series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
    }

    /** Reads a file, which is unpacked where its name ends in {@code .gz}. */
    public static LongSeries read(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()))) {
            return new Reading(file.getFileName().toString()).read(lines);
        }
    }

    /** The state of reading one file. */
    private static final class Reading {
        private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2})?)?");
        private static final Pattern WHOLE = Pattern.compile("-?\\d+");

        private final String file;
        private final Map<String, Points> current = new LinkedHashMap<>();
        private final Map<String, Points> all = new LinkedHashMap<>();
        private long line;
        private int id = -1;
        private int time = -1;
        private int value = -1;

        Reading(String file) {
            this.file = file;
        }

        LongSeries read(BufferedReader lines) throws IOException {
            readHeader(lines.readLine());
            line = 1;
            long rows = 0;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    readRow(fields(text));
                    rows++;
                }
            }
            if (rows == 0) {
                throw new IllegalArgumentException(file + " has no rows after its header.");
            }
            Map<String, double[]> series = new LinkedHashMap<>();
            all.forEach((name, points) -> series.put(name, points.values()));
            return new LongSeries(series, rows);
        }

        private void readHeader(String header) {
            // A byte order mark belongs to the encoding, not to the first column's name.
            if (header == null) {
                throw new IllegalArgumentException(file + " is empty: unique_id, ds and y are needed.");
            }
            List<String> names = fields(header.replace("\uFEFF", "")).stream()
                    .map(String::trim)
                    .toList();
            id = column("unique_id", names);
            time = column("ds", names);
            value = column("y", names);
        }

        private int column(String name, List<String> names) {
            int column = names.indexOf(name);
            if (column < 0) {
                throw new IllegalArgumentException(
                        file + " has the columns " + names + ", but no " + name
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
                throw refused("has " + fields.size() + " fields, but at least " + needed + " are needed");
            }
            if (fields.get(id).isBlank() || fields.get(time).isBlank()) {
                throw refused("has no " + (fields.get(id).isBlank() ? "unique_id" : "ds"));
            }
            series(fields.get(id), fields.get(time))
                    .add(number(fields.get(value).trim()));
        }

        private Points series(String name, String ds) {
            Points points = current.get(name);
            if (points == null || points.first.equals(ds)) {
                Points begun = new Points(ds, points == null ? 1 : points.part + 1);
                current.put(name, begun);
                all.put(begun.part == 1 ? name : name + "#" + begun.part, begun);
                points = begun;
            } else if (points.last.equals(ds)) {
                throw refused("repeats ds " + ds + " of series " + name);
            } else if (isBefore(ds, points.last)) {
                throw refused("has ds " + ds + " behind " + points.last + " in series " + name
                        + ". Sort the rows of each series by time");
            }
            points.last = ds;
            return points;
        }

        /** Days and whole numbers have an order that can be told; other times are taken as they come. */
        private static boolean isBefore(String ds, String last) {
            if (DAY.matcher(ds).matches() && DAY.matcher(last).matches()) {
                return ds.compareTo(last) < 0;
            }
            return WHOLE.matcher(ds).matches()
                    && WHOLE.matcher(last).matches()
                    && new BigInteger(ds).compareTo(new BigInteger(last)) < 0;
        }

        private double number(String text) {
            try {
                double number = Double.parseDouble(text);
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                throw refused(
                        "has y '" + text + "', which is not a number. Leave rows without a value out", notANumber);
            }
            throw refused("has y '" + text + "', which is not finite. Leave rows without a value out");
        }

        private IllegalArgumentException refused(String what) {
            return refused(what, null);
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
                throw refused("ends within quotes");
            }
            fields.add(field.toString());
            return fields;
        }
    }

    /** The points of one series so far. */
    private static final class Points {
        private final String first;
        private final int part;
        private String last = "";
        private double[] values = new double[64];
        private int size;

        Points(String first, int part) {
            this.first = first;
            this.part = part;
        }

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }
    }
}
