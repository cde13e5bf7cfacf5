package io.millrace.nightly.ingest;

import io.millrace.contracts.source.FileFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * What one reading of a whole file finds, before a row of it is taken in.
 *
 * @param sha256 hash of the file as stored
 * @param rows   records in it
 * @param header column names as the file has them
 * @param defect why the file cannot be read, or null
 */
record Inspection(String sha256, long rows, String[] header, String defect) {

    static Inspection of(DropFile file, FileFormat format, Set<String> declared, Configuration hadoop) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        Reading reading = new Reading(file, format, hadoop);
        try (InputStream stored = new DigestInputStream(file.open(hadoop), digest)) {
            try {
                reading.read(stored, declared.toArray(String[]::new));
            } catch (IOException | RuntimeException e) {
                reading.defect = defect(e, reading.rows, format);
            }
            // What was read to its end, or given up before it: the hash wants every byte of the file.
            stored.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            reading.defect = defect(e, reading.rows, format);
        }
        return new Inspection(HexFormat.of().formatHex(digest.digest()), reading.rows, reading.header, reading.defect);
    }

    /** A file on the way to its end. */
    private static final class Reading {

        private final DropFile file;
        private final FileFormat format;
        private final Configuration hadoop;
        private long rows;
        private String[] header;
        private String defect;

        Reading(DropFile file, FileFormat format, Configuration hadoop) {
            this.file = file;
            this.format = format;
            this.hadoop = hadoop;
        }

        /** @param names declared columns */
        void read(InputStream stored, String[] names) throws IOException {
            if (file.type() == DropFile.Type.PARQUET) {
                readParquet();
                return;
            }
            boolean isJson = file.type() == DropFile.Type.JSON;
            if (isJson) {
                header = jsonNames(file, format, hadoop);
                // Where no object names a column: no line says nothing new, and bad lines are for the quarantine.
                header = header != null && header.length == 0 ? names : header;
            }
            if (!isJson || header != null) {
                Iterator<DeliveredRow> delivered = file.rows(
                        file.text(CloseShieldInputStream.wrap(stored), format), format, isJson ? header : names);
                header = delivered instanceof CsvRows csv ? csv.header() : header;
                while (header != null && delivered.hasNext()) {
                    delivered.next();
                    rows++;
                }
            }
            if (header == null) {
                defect = isJson
                        ? "is one JSON array: have it delivered as JSON lines, one object a line"
                        : "is empty: not even a header";
            }
        }

        private void readParquet() throws IOException {
            try (ParquetFileReader reader =
                    ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.uri()), hadoop))) {
                MessageType schema = reader.getFooter().getFileMetaData().getSchema();
                header = schema.getFields().stream().map(Type::getName).toArray(String[]::new);
                rows = reader.getRecordCount();
                defect = ParquetRows.unreadable(schema);
            }
        }
    }

    private static String defect(Exception e, long rows, FileFormat format) {
        String after = " after " + rows + " rows";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return "is cut off" + after + ": the end of the compressed data is missing";
            } else if (cause instanceof Bounds.Exceeded) {
                return cause.getMessage() + after;
            } else if (cause instanceof ZipException) {
                return "is not gzip: " + cause.getMessage() + after;
            } else if (cause instanceof CharacterCodingException) {
                return "is not " + format.encoding() + after
                        + ": configure format.encoding of the source or of its table, or have it delivered so";
            }
        }
        if (e instanceof CsvRows.Unreadable) {
            return e.getMessage() + after;
        }
        return "cannot be read" + after + ": " + e.getClass().getSimpleName() + " " + cut(e.getMessage());
    }

    /** Null for a file that is one array. */
    private static String[] jsonNames(DropFile file, FileFormat format, Configuration hadoop) throws IOException {
        try (Reader reader = file.text(file.open(hadoop), format)) {
            Set<String> names = JsonRows.names(reader);
            return names == null ? null : names.toArray(String[]::new);
        }
    }

    private static String cut(String text) {
        return text == null ? "" : text.length() <= 300 ? text : text.substring(0, 300) + " ...";
    }
}
