package io.millrace.nightly.ingest;

import io.millrace.contracts.source.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** A whole file: what is compressed cannot be split, and lines are numbered from its start. */
record FileSplit(DropFile file, FileFormat format, String[] header, int[] targets, Stamp stamp) implements Split {

    @Override
    public Iterator<DeliveredRow> read() {
        try {
            // Closed with its stream at the end of the task; the file was read to its end once before.
            return file.rows(file.text(file.open(), format), format, header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
