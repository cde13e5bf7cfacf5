package io.millrace.models.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Series in the long format: a CSV file with the columns {@code unique_id}, {@code ds} and {@code y}, in any order and among
 * others. The series are in the order of their first rows. The points of a series are in the order of time where every {@code ds} of
 * it is a day or every one a whole number, else in the order of the file. Rows without a {@code y} are left out, and counted.
 *
 * <p>Some public sets cut their ids, so that many series have the same. Where the first {@code ds} of an id comes again, and every
 * piece so begun has two rows or more, repeats no {@code ds} and does not go back in time, the pieces are series of their own, called
 * {@code id}, {@code id#2}, {@code id#3}. Elsewhere, and always where duplicates are summed, one id is one series.
 *
 * @param series   values by name; no values where all rows of a series are left out
 * @param rows     data rows read
 * @param leftOut  data rows without a value
 * @param remarks  what was left out or mended, a sentence each
 */
public record LongSeries(Map<String, double[]> series, long rows, long leftOut, List<String> remarks) {

    /** What becomes of rows with the {@code ds} of another row of their series. */
    public enum Duplicates {
        /** The file is refused, with the rows. */
        REFUSED,
        /** Their values are summed. */
        SUMMED
    }

    public LongSeries {
        series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
        remarks = List.copyOf(remarks);
    }

    /** Series of which there is nothing to remark. */
    public LongSeries(Map<String, double[]> series, long rows) {
        this(series, rows, 0, List.of());
    }

    /** Reads a file that has no duplicates. */
    public static LongSeries read(Path file) throws IOException {
        return read(file, Duplicates.REFUSED);
    }

    /**
     * Reads a file, which is unpacked where its name ends in {@code .gz}.
     *
     * @throws IllegalArgumentException where it is no such file, with the line
     */
    public static LongSeries read(Path file, Duplicates duplicates) throws IOException {
        String name = file.getFileName().toString();
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                BufferedReader text =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()))) {
            return new SeriesAssembly(name, duplicates).of(new LongRows(name).read(text));
        }
    }
}
