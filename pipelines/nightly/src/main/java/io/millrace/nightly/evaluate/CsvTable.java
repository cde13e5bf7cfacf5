package io.millrace.nightly.evaluate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.SequenceReader;

/**
 * A file of comma-separated values with a header, as text.
 *
 * @param header names of the columns, no two the same
 * @param rows   values, as many in each row as there are columns; blank where missing
 */
public record CsvTable(List<String> header, List<String[]> rows) {

    /** A record behind the file. The parser closes a quote that stays open at the end: then this one does not come by itself. */
    private static final String END = "\0end";

    /**
     * Reads a file, UTF-8; packed with gzip where its name ends in {@code .gz}.
     *
     * @throws Failure of kind USAGE if there is no such file, of kind DATA if it is no such table or has no rows
     */
    public static CsvTable read(Path file) {
        List<String[]> records = records(file);
        if (records.isEmpty()) {
            throw Failure.data(file + " is empty; give a table with a header");
        }
        List<String> header = header(file, records.get(0));
        if (records.size() == 1) {
            throw Failure.data(file + " has a header and no rows");
        }
        return new CsvTable(header, records.subList(1, records.size()));
    }

    /** The names of the columns. @throws Failure of kind DATA if two are the same, or commas do not separate them */
    public static List<String> header(Path file, String[] record) {
        List<String> header = Arrays.stream(record).map(String::strip).toList();
        if (header.size() == 1 && header.get(0).matches(".*[;\t|].*")) {
            throw Failure.data(
                    file + " has one column, '" + header.get(0) + "'; its fields have to be separated by commas");
        }
        List<String> twice = header.stream()
                .filter(c -> Collections.frequency(header, c) > 1)
                .distinct()
                .toList();
        if (!twice.isEmpty()) {
            throw Failure.data("%s has several columns named '%s'; name each of them otherwise"
                    .formatted(file, String.join("', '", twice)));
        }
        return header;
    }

    /** Place of a column. @throws Failure of kind USAGE with the nearest name where there is none; {@code option} asked for it */
    public int place(Path file, String option, String column) {
        return place(header, file, option, column);
    }

    /** The same of a header by itself. */
    public static int place(List<String> header, Path file, String option, String column) {
        int at = header.indexOf(column);
        if (at < 0) {
            throw Failure.usage("%s has no column '%s'%s, asked for with %s. Its columns are %s"
                    .formatted(file, column, Problems.didYouMean(column, header), option, String.join(", ", header)));
        }
        return at;
    }

    /** All records, the header first, each with as many fields as the header. */
    private static List<String[]> records(Path file) {
        List<String[]> records = new ArrayList<>();
        scan(file, (record, line) -> {
            if (!records.isEmpty() && record.length != records.get(0).length) {
                throw Failure.data(
                        "%s has %d fields in record %d and %d in its header. Maybe a comma or a quote is missing before line %d"
                                .formatted(file, record.length, records.size(), records.get(0).length, line));
            }
            records.add(record);
        });
        return records;
    }

    /** Takes a record of a file. */
    public interface Records {
        /** @param line near which it stands, from 1 */
        void take(String[] record, long line);
    }

    /**
     * Gives the records of a file one by one, the header first, however many fields each has.
     *
     * @throws Failure of kind USAGE if there is no such file, of kind DATA if it is no text of comma-separated values
     */
    public static void scan(Path file, Records records) {
        scan(file, CodingErrorAction.REPORT, records);
    }

    /** The same, where what is not UTF-8 is an unknown character, U+FFFD. */
    public static void scanAnyText(Path file, Records records) {
        scan(file, CodingErrorAction.REPLACE, records);
    }

    private static void scan(Path file, CodingErrorAction malformed, Records records) {
        CsvRecord last = null;
        try (Reader reader = reader(file, malformed)) {
            // A byte order mark belongs to the encoding, not to the first column's name.
            reader.mark(1);
            if (reader.read() != '\uFEFF') {
                reader.reset();
            }
            for (CsvRecord next : parser(new SequenceReader(reader, new StringReader("\n" + END)))) {
                if (last != null) {
                    records.take(last.getFields().toArray(String[]::new), last.getStartingLineNumber());
                }
                last = next;
            }
        } catch (NoSuchFileException e) {
            throw Failure.usage(file + " cannot be read: there is no such file");
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause());
        } catch (CsvParseException e) {
            throw Failure.data(file + " is no table of comma-separated values: " + Failure.sentence(e));
        }
        if (!last.getFields().equals(List.of(END))) {
            throw Failure.data(
                    "%s is no table of comma-separated values: a quote in the record of line %d is never closed"
                            .formatted(file, last.getStartingLineNumber()));
        }
    }

    private static Failure unreadable(Path file, IOException e) {
        return e instanceof CharacterCodingException
                ? Failure.data(file + " is not UTF-8; save it in that encoding")
                : Failure.data(file + " cannot be read: " + e.getMessage());
    }

    private static Reader reader(Path file, CodingErrorAction malformed) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in,
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(malformed).onUnmappableCharacter(malformed)));
    }

    private static CsvReader<CsvRecord> parser(Reader reader) {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .build(CsvRecordHandler.of(handler -> handler.fieldModifier(new Spaces())), reader);
    }

    /** Takes away space around a field, and the quotes that the parser did not see for a space before them. */
    private static final class Spaces implements FieldModifier {
        @Override
        public String modify(long line, int field, boolean quoted, String text) {
            String bare = quoted ? text : text.strip();
            boolean missed = !quoted && bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
            return missed ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"") : bare;
        }
    }
}
