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
 * A file in a drop: {@code <table>[.<part>].(csv|csv.gz|json|jsonl|parquet)}.
 *
 * @param uri   where it is
 * @param table source table that it holds
 * @param type  csv, json or parquet
 * @param gzip  whether it is compressed as a whole
 * @param bytes size
 * @param stamp size and time of change
 */
record DropFile(String uri, String table, Type type, boolean gzip, long bytes, String stamp) implements Serializable {

    enum Type {
        CSV,
        JSON,
        PARQUET
    }

    /** The file behind {@code status}, or null where its name says it is none of ours. */
    static DropFile of(FileStatus status) {
        String name = status.getPath().getName();
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
                name.substring(0, name.indexOf('.')),
                type,
                gzip,
                status.getLen(),
                status.getLen() + "@" + status.getModificationTime());
    }

    String name() {
        return new Path(uri).getName();
    }

    InputStream open(Configuration hadoop) throws IOException {
        Path path = new Path(uri);
        return path.getFileSystem(hadoop).open(path);
    }

    /** The text behind {@code stored}, decompressed; a byte that is none in the encoding fails the read. */
    Reader text(InputStream stored, FileFormat format) throws IOException {
        InputStream plain = gzip ? new GZIPInputStream(stored, 1 << 16) : stored;
        return new InputStreamReader(
                plain,
                format.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** Its rows, for CSV and JSON. @param header names as the file has them */
    Iterator<DeliveredRow> rows(Reader reader, FileFormat format, String[] header) {
        return type == Type.CSV ? new CsvRows(reader, format, header) : new JsonRows(reader, header);
    }
}
