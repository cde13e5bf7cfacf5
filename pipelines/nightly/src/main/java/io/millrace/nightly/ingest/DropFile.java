package io.millrace.nightly.ingest;

import io.millrace.contracts.source.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file in a drop: {@code <table>[.<part>].(csv|csv.gz|json|jsonl|parquet)}, or a part in a folder of such a name, as Spark and others
 * write them.
 *
 * @param uri   where it is
 * @param name  its name in the folder of its date, as a manifest says it
 * @param table source table that it holds
 * @param type  csv, json or parquet
 * @param gzip  whether it is compressed as a whole
 * @param bytes size
 * @param stamp size and time of change
 */
record DropFile(String uri, String name, String table, Type type, boolean gzip, long bytes, String stamp)
        implements Serializable {

    enum Type {
        CSV,
        JSON,
        PARQUET
    }

    /** Endings that are read. */
    static final String ENDINGS = "csv, csv.gz, json, jsonl, json.gz, jsonl.gz, parquet";

    /** The file behind {@code status}, or null if its name says it is none of ours. */
    static DropFile of(FileStatus status) {
        return of(status, status.getPath().getName(), status.getPath().getName());
    }

    /** A part in a folder that is named as a file would be, or null if either name is none of ours. */
    static DropFile part(FileStatus folder, FileStatus part) {
        String own = part.getPath().getName();
        return own.startsWith(".") || own.startsWith("_")
                ? null
                : of(part, folder.getPath().getName(), folder.getPath().getName() + "/" + own);
    }

    private static DropFile of(FileStatus status, String name, String listed) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean gzip = lower.endsWith(".gz");
        String plain = gzip ? lower.substring(0, lower.length() - 3) : lower;
        Type type = plain.endsWith(".csv")
                ? Type.CSV
                : plain.endsWith(".json") || plain.endsWith(".jsonl")
                        ? Type.JSON
                        : plain.endsWith(".parquet") && !gzip ? Type.PARQUET : null;
        if (type == null || name.startsWith(".") || name.startsWith("_")) {
            return null;
        }
        return new DropFile(
                status.getPath().toString(),
                listed,
                name.substring(0, name.indexOf('.')),
                type,
                gzip,
                status.getLen(),
                status.getLen() + "@" + status.getModificationTime());
    }

    /** The folder of parts that it lies in, by its name; of a file its own name. */
    String folder() {
        return name.replaceFirst("/.*", "");
    }

    InputStream open(Configuration hadoop) throws IOException {
        Path path = new Path(uri);
        return path.getFileSystem(hadoop).open(path);
    }

    /** The text behind {@code stored}, decompressed, within {@link Bounds}; a byte that is none in the encoding fails the read. */
    Reader text(InputStream stored, FileFormat format) throws IOException {
        InputStream plain = gzip ? Bounds.unpacked(new GZIPInputStream(stored, 1 << 16), bytes) : stored;
        return Bounds.lines(new InputStreamReader(
                plain,
                format.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /** Its rows, for CSV and JSON. @param header names as the file has them */
    Iterator<DeliveredRow> rows(Reader reader, FileFormat format, String[] header) {
        return type == Type.CSV ? new CsvRows(reader, format, header) : new JsonRows(reader, header);
    }
}
