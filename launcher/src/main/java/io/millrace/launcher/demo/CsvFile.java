package io.millrace.launcher.demo;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A CSV file after RFC 4180 with a header, UTF-8 and line feeds; null is an empty field. It is written under a hidden
 * name and gets its own when it is closed complete. A name that ends in .gz is compressed, with no time in the gzip
 * header.
 */
final class CsvFile implements Closeable {

    private final Path target;
    private final Path hidden;
    private final MessageDigest digest;
    private final BufferedWriter writer;
    private final int columns;
    private long rows = -1;
    private boolean closed;

    CsvFile(Path target, String... header) throws IOException {
        this.target = target;
        this.columns = header.length;
        Files.createDirectories(target.getParent());
        this.hidden = target.resolveSibling("." + target.getFileName() + ".tmp");
        this.digest = sha256();
        OutputStream bytes = new DigestOutputStream(Files.newOutputStream(hidden), digest);
        OutputStream coded = target.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
        this.writer = new BufferedWriter(new OutputStreamWriter(coded, StandardCharsets.UTF_8), 1 << 16);
        row(header);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes one row. @throws java.io.UncheckedIOException where the disk refuses it */
    void row(String... fields) {
        if (fields.length != columns) {
            throw new IllegalArgumentException(target.getFileName() + " has " + columns + " columns, and a row of "
                    + fields.length + " was given");
        }
        Csv.row(writer, fields);
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
