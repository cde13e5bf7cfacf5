package io.millrace.launcher.demo;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A CSV file after RFC 4180 with a header, UTF-8 and line feeds; null is an empty field. It is written under a hidden
 * name and gets its own when it is closed complete. A name that ends in .gz is compressed, with no time in the gzip
 * header.
 */
final class CsvFile implements Closeable {

    private final Path target;
    private final Path hidden;
    private final MessageDigest digest;
    private final CsvWriter writer;
    private final int columns;
    private long rows = -1;
    private boolean closed;

    CsvFile(Path target, String... header) throws IOException {
        this.target = target;
        this.columns = header.length;
        Files.createDirectories(target.getParent());
        this.hidden = target.resolveSibling("." + target.getFileName() + ".tmp");
        this.digest = DigestUtils.getSha256Digest();
        OutputStream bytes = new DigestOutputStream(Files.newOutputStream(hidden), digest);
        OutputStream coded = target.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
        this.writer = writer(new OutputStreamWriter(coded, StandardCharsets.UTF_8));
        row(header);
    }

    /** Writes rows after RFC 4180 with line feeds: null is an empty field, an empty text a quoted one. */
    static CsvWriter writer(Writer to) {
        return CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(to);
    }

    /** Writes one row. @throws java.io.UncheckedIOException where the disk refuses it */
    void row(String... fields) {
        if (fields.length != columns) {
            throw new IllegalArgumentException(target.getFileName() + " has " + columns + " columns, and a row of "
                    + fields.length + " was given");
        }
        writer.writeRecord(fields);
        rows++;
    }

    /** Rows without the header. */
    long rows() {
        return rows;
    }

    /**
     * Completes the file and gives it its name.
     *
     * @return SHA-256 of its bytes, in hexadecimal
     */
    String finish() throws IOException {
        writer.close();
        closed = true;
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Drops the file where it was not finished. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
            Files.deleteIfExists(hidden);
        }
    }
}
