package io.millrace.nightly.ingest;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.FileFormat;
import io.millrace.contracts.source.SourceTable;
import io.millrace.contracts.yaml.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * The first rows of a file, read by a night's own reader in the format under which it reads best.
 *
 * @param table     name of its table
 * @param file      as it is below the folder of examples
 * @param format    under which its lines have the same number of fields
 * @param columns   names that bronze would have
 * @param rows      in the order of the file, {@value #MOST} at the most
 * @param malformed lines among the first that could not be split into fields
 */
public record Sample(
        String table, String file, FileFormat format, List<String> columns, List<String[]> rows, long malformed) {

    /** Rows that are looked at. */
    public static final int MOST = 20_000;

    /** Rows by which a delimiter is found. */
    private static final int TRIED = 500;

    private static final List<String> ENCODINGS = List.of("UTF-8", "windows-1252", "ISO-8859-1");
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final List<String> QUOTES = List.of("\"", "none");
    private static final Pattern VALUE = Pattern.compile("[-+.,0-9:/ ]*[0-9][-+.,0-9:/ ]*");

    private static final SourceTable NOTHING_DESCRIBED = new SourceTable(
            List.of(), SourceTable.Mode.DELTA, Map.of(), null, null, List.of(), null, null, null, List.of());

    /** The one that splits almost every line into several fields, then the one that splits most lines, then into most fields. */
    private static final Comparator<Sample> ORDER = Comparator.<Sample>comparingInt(
                    s -> s.columns().size() > 1 && s.malformed() * 3 <= s.rows().size() ? 0 : 1)
            .thenComparingDouble(
                    s -> (double) s.malformed() / (s.malformed() + s.rows().size()))
            .thenComparing(s -> -s.columns().size());

    /** Whether a night would find the table by the name of the file. */
    public boolean isNamedSo() {
        String name = Path.of(file).getFileName().toString();
        return name.substring(0, name.indexOf('.')).equals(table);
    }

    /**
     * The newest file of each table below a folder, by name of the table. Of an empty file there is none.
     *
     * @param others takes the files that a night would not read, or that cannot be read here
     * @throws Failure of kind OUTSIDE if the folder cannot be read
     */
    public static List<Sample> of(Path folder, Problems others) {
        Configuration hadoop = new Configuration();
        Map<String, Path> newest = new TreeMap<>();
        Map<String, Sample> samples = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
                DropFile file = dropped(path, hadoop);
                String name = path.getFileName().toString();
                if (file != null && file.type() != DropFile.Type.PARQUET) {
                    // A later date stands behind an earlier one.
                    newest.put(file.table(), path);
                } else if (!name.startsWith("_") && !name.startsWith(".")) {
                    others.add(
                            folder.relativize(path).toString(),
                            file == null
                                    ? "is not read: a night reads " + DropFile.ENDINGS
                                    : "is not looked at: what a Parquet file holds is described by hand");
                }
            }
            for (Path path : newest.values()) {
                String name = folder.relativize(path).toString();
                try {
                    Sample sample = of(dropped(path, hadoop), name, hadoop);
                    if (sample == null) {
                        others.add(name, "is empty, has a quote without end, or is no JSON lines");
                    } else {
                        samples.put(sample.table(), sample);
                    }
                } catch (IOException | RuntimeException e) {
                    others.add(name, "cannot be read: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw Failure.outside("%s cannot be read: %s".formatted(folder, e), e);
        }
        return List.copyOf(samples.values());
    }

    private static DropFile dropped(Path path, Configuration hadoop) throws IOException {
        org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(path.toUri());
        FileStatus status = place.getFileSystem(hadoop).getFileStatus(place);
        return DropFile.of(status);
    }

    private static Sample of(DropFile file, String name, Configuration hadoop) throws IOException {
        String encoding = encoding(file, hadoop);
        FileFormat usual = new FileFormat(",", "\"", true, encoding);
        if (file.type() == DropFile.Type.JSON) {
            Set<String> names;
            try (Reader text = text(file, usual, hadoop)) {
                names = JsonRows.names(text);
            }
            return names == null || names.isEmpty()
                    ? null
                    : read(file, name, usual, names.toArray(String[]::new), MOST, hadoop);
        }
        Sample best = null;
        for (String quote : QUOTES) {
            for (String delimiter : DELIMITERS) {
                FileFormat format = new FileFormat(delimiter, quote, false, encoding);
                Sample tried = read(file, name, format, null, TRIED, hadoop);
                if (tried != null && (best == null || ORDER.compare(tried, best) < 0)) {
                    best = tried;
                }
            }
        }
        if (best == null) {
            return null;
        }
        FileFormat found = best.format();
        return read(
                file,
                name,
                new FileFormat(
                        found.delimiter(), found.quote(), isHeader(best.rows().get(0)), encoding),
                null,
                MOST,
                hadoop);
    }

    private static boolean isHeader(String[] first) {
        List<String> named = Arrays.stream(first)
                .filter(cell -> cell != null && !cell.isBlank())
                .toList();
        return 2 * named.size() >= first.length
                && named.stream().noneMatch(cell -> VALUE.matcher(cell).matches())
                && named.stream().distinct().count() == named.size();
    }

    private static Reader text(DropFile file, FileFormat format, Configuration hadoop) throws IOException {
        return file.text(file.open(hadoop), format);
    }

    /** The first encoding in which every byte is a character; UTF-16 is known by its mark. */
    private static String encoding(DropFile file, Configuration hadoop) throws IOException {
        try (InputStream stored = file.open(hadoop)) {
            int first = stored.read();
            int second = stored.read();
            if (first + second == 0xff + 0xfe && (first == 0xff || first == 0xfe)) {
                return "UTF-16";
            }
        }
        for (String encoding : ENCODINGS) {
            try (Reader text = text(file, new FileFormat(",", "none", true, encoding), hadoop)) {
                text.transferTo(Writer.nullWriter());
                return encoding;
            } catch (CharacterCodingException e) {
                // The next one, then; the last one knows every byte.
            }
        }
        throw new IllegalStateException("every byte is a character of " + ENCODINGS);
    }

    /**
     * Columns are named by the header, or counted if there is none.
     *
     * @return null for an empty file, or where a quote has no end
     */
    private static Sample read(
            DropFile file, String name, FileFormat format, String[] names, int most, Configuration hadoop)
            throws IOException {
        List<String[]> rows = new ArrayList<>();
        long malformed = 0;
        String[] header = names;
        try (Reader text = text(file, format, hadoop)) {
            Iterator<DeliveredRow> delivered = file.rows(text, format, names);
            if (format.header() && delivered instanceof CsvRows csv) {
                header = csv.header();
            }
            int fields = header == null ? -1 : header.length;
            while (rows.size() + malformed < most && delivered.hasNext()) {
                String[] values = delivered.next().values();
                fields = fields < 0 && values != null ? values.length : fields;
                if (values == null || values.length != fields) {
                    malformed++;
                } else {
                    rows.add(values);
                }
            }
        } catch (CsvRows.Unreadable e) {
            return null;
        }
        if (header == null && rows.isEmpty()) {
            return null;
        }
        List<String> columns = header != null
                ? Header.of(header, NOTHING_DESCRIBED).columns()
                : IntStream.rangeClosed(1, rows.get(0).length)
                        .mapToObj(i -> "c" + i)
                        .toList();
        return new Sample(table(file.table()), name, format, columns, rows, malformed);
    }

    /** As a description may name it: the file is to be delivered under this name. */
    private static String table(String name) {
        String simple = name.replaceAll("[^A-Za-z0-9_]", "_");
        return simple.isEmpty() || !Character.isLetter(simple.charAt(0)) ? "t" + simple : simple;
    }
}
