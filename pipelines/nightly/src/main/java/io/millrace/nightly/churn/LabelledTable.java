package io.millrace.nightly.churn;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A table of text with a label, as a file of comma-separated values holds it.
 *
 * @param columns names of the columns, label and identifier left out
 * @param rows    values of these columns, one array a row; blank where missing
 * @param labels  1 where the label column has the positive value
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledTable(List<String> columns, List<String[]> rows, int[] labels) {

    /** Number of different labels that a message lists. */
    private static final int LISTED = 8;

    /**
     * Reads a file, UTF-8, with a header; packed with gzip where its name ends in {@code .gz}.
     *
     * @param id identifier column to leave out, or null
     * @throws Failure of kind USAGE for columns or a positive value that are not there, of kind DATA for a file that
     *     cannot be learned from
     */
    static LabelledTable read(Path file, String label, String positive, String id) {
        List<String[]> records = records(file);
        if (records.isEmpty()) {
            throw Failure.data(file + " is empty; give a table with a header");
        }
        List<String> header = Arrays.stream(records.get(0)).map(String::strip).toList();
        int labelAt = place(file, header, "--label", label);
        int idAt = id == null ? -1 : place(file, header, "--id", id);
        refuse(file, header, label, id, records.size());
        int[] kept = java.util.stream.IntStream.range(0, header.size())
                .filter(i -> i != labelAt && i != idAt)
                .toArray();
        List<String[]> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (String[] record : records.subList(1, records.size())) {
            rows.add(Arrays.stream(kept).mapToObj(i -> record[i]).toArray(String[]::new));
            labels.add(record[labelAt]);
        }
        List<String> columns = Arrays.stream(kept).mapToObj(header::get).toList();
        return new LabelledTable(columns, rows, labels(file, label, positive, labels));
    }

    private static void refuse(Path file, List<String> header, String label, String id, int records) {
        if (label.equals(id)) {
            throw Failure.usage("--label and --id both name the column '" + label + "'");
        }
        List<String> twice = header.stream()
                .filter(c -> Collections.frequency(header, c) > 1)
                .distinct()
                .toList();
        if (!twice.isEmpty()) {
            throw Failure.data("%s has several columns named '%s'; name each of them otherwise"
                    .formatted(file, String.join("', '", twice)));
        }
        if (records == 1) {
            throw Failure.data(file + " has a header and no rows");
        }
    }

    private static int place(Path file, List<String> header, String option, String column) {
        int at = header.indexOf(column);
        if (header.size() == 1 && header.get(0).matches(".*[;\t|].*")) {
            throw Failure.data(
                    file + " has one column, '" + header.get(0) + "'; its fields have to be separated by commas");
        }
        if (at < 0) {
            throw Failure.usage("%s has no column '%s'%s, asked for with %s. Its columns are %s"
                    .formatted(file, column, Problems.didYouMean(column, header), option, String.join(", ", header)));
        }
        return at;
    }

    private static int[] labels(Path file, String column, String positive, List<String> values) {
        TreeSet<String> found = new TreeSet<>(values);
        String some = String.join(
                ", ", found.stream().limit(LISTED).map(v -> "'" + v + "'").toList());
        if (found.contains("")) {
            throw Failure.data(
                    "%s has rows without a '%s', the first in record %d. Leave rows out whose outcome is not known"
                            .formatted(file, column, values.indexOf("") + 1));
        }
        if (!found.contains(positive)) {
            throw Failure.usage("No row of %s has %s = '%s'%s. Its values are %s%s"
                    .formatted(
                            file,
                            column,
                            positive,
                            Problems.didYouMean(positive, found),
                            some,
                            found.size() > LISTED ? ", ..." : ""));
        }
        if (found.size() == 1) {
            throw Failure.data(
                    "Every row of %s has %s = '%s'. There is nothing to tell apart; give rows of both classes"
                            .formatted(file, column, positive));
        }
        return values.stream().mapToInt(v -> v.equals(positive) ? 1 : 0).toArray();
    }

    /** All records, the header first, each with as many fields as the header. */
    private static List<String[]> records(Path file) {
        CsvParser parser = new CsvParser(settings());
        List<String[]> records = new ArrayList<>();
        try (Reader reader = reader(file)) {
            parser.beginParsing(reader);
            for (String[] record = parser.parseNext(); record != null; record = parser.parseNext()) {
                if (!records.isEmpty() && record.length != records.get(0).length) {
                    throw Failure.data(
                            "%s has %d fields in record %d and %d in its header. Maybe a comma or a quote is missing before line %d"
                                    .formatted(
                                            file,
                                            record.length,
                                            records.size(),
                                            records.get(0).length,
                                            parser.getContext().currentLine()));
                }
                records.add(record);
            }
        } catch (NoSuchFileException e) {
            throw Failure.usage(file + " cannot be read: there is no such file");
        } catch (IOException e) {
            throw Failure.data(file + " cannot be read: " + e.getMessage());
        } catch (TextParsingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof CharacterCodingException) {
                    throw Failure.data(file + " is not UTF-8; save it in that encoding");
                }
            }
            throw Failure.data(file + " is no table of comma-separated values: near line " + e.getLineIndex());
        }
        return records;
    }

    private static Reader reader(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.newDecoder());
    }

    private static CsvParserSettings settings() {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setNullValue("");
        settings.setEmptyValue("");
        settings.setMaxColumns(4096);
        settings.setMaxCharsPerColumn(1 << 20);
        settings.setReadInputOnSeparateThread(false);
        settings.setErrorContentLength(200);
        return settings;
    }
}
