package io.millrace.nightly.ingest;

import io.millrace.contracts.source.FileFormat;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The records of a delimited file (RFC 4180), the header left out. Blank lines are no records; each line may end in its own way. Nothing is
 * guessed: where a quoted field goes on behind its closing quote, nobody knows where the record ends, so each of its lines is a malformed
 * row, and the next line begins anew. Parsers that mend or skip such lines make other rows of them.
 */
final class CsvRows implements Iterator<DeliveredRow> {

    /** A record beyond this many characters is taken for a quote that was never closed. */
    private static final int LONGEST_RECORD = 2 * Bounds.LONGEST_LINE;

    private static final int NONE = -1;
    private static final int END = -1;

    private final Reader reader;
    private final int delimiter;
    private final int quote;
    private final String[] header;
    private final Deque<DeliveredRow> ready = new ArrayDeque<>();
    private char[] buffer = new char[1 << 16];
    /** The first character of the record, the next one to look at, and the one behind the last that was read. */
    private int start;

    private int at;
    private int end;
    private boolean exhausted;
    /** Lines that have ended. */
    private long lines;

    /** What cannot be read on from. */
    static final class Unreadable extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private Unreadable(String message) {
            super(message);
        }

        private static Unreadable endless() {
            return new Unreadable("has a field without end (a quote that is never closed?)");
        }
    }

    /** @param declared column names where the file has no header */
    CsvRows(Reader reader, FileFormat format, String[] declared) {
        this.reader = reader;
        this.delimiter = format.delimiter().charAt(0);
        this.quote = format.quote().equals("none") ? NONE : format.quote().charAt(0);
        if (peek() == '\ufeff') {
            at++;
        }
        this.header = format.header() ? firstRecord() : declared;
    }

    private String[] firstRecord() {
        DeliveredRow first = read();
        if (first != null && first.values() == null) {
            throw new Unreadable("has a header of which a field goes on behind its closing quote,");
        }
        return first == null ? null : first.values();
    }

    /** The names in the first line, or those declared; null for an empty file. */
    String[] header() {
        return header;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty()) {
            DeliveredRow row = read();
            if (row != null) {
                ready.addFirst(row);
            }
        }
        return !ready.isEmpty();
    }

    /** @throws Unreadable for a field without end */
    @Override
    public DeliveredRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /** The next record, or the first line of one that is none, whose other lines are {@link #ready}; null at the end. */
    private DeliveredRow read() {
        if (!ready.isEmpty()) {
            return ready.remove();
        }
        while (peek() == '\n' || peek() == '\r') {
            endLine();
            start = at;
        }
        if (peek() == END) {
            return null;
        }
        start = at;
        long line = lines + 1;
        List<String> values = new ArrayList<>(header == null ? 16 : header.length);
        boolean isRecord = field(values);
        while (isRecord && peek() == delimiter) {
            at++;
            isRecord = field(values);
        }
        boolean fits = header == null || values.size() == header.length;
        String text = isRecord && fits ? null : new String(buffer, start, at - start);
        start = at;
        endLine();
        if (isRecord) {
            return fits
                    ? new DeliveredRow(line, values.toArray(String[]::new), null)
                    : new DeliveredRow(line, null, text);
        }
        String[] broken = text.split("\r\n|\r|\n", -1);
        for (int i = 0; i < broken.length; i++) {
            ready.add(new DeliveredRow(line + i, null, broken[i]));
        }
        return ready.remove();
    }

    /** Reads a field up to the delimiter or line end behind it. False if it goes on behind its closing quote: then up to the line's end. */
    private boolean field(List<String> values) {
        if (quote == NONE || peek() != quote) {
            int from = at - start;
            toEndOf(true);
            // What is empty without quotes is missing.
            values.add(from == at - start ? null : new String(buffer, start + from, at - start - from));
            return true;
        }
        at++;
        int from = at - start;
        boolean doubled = false;
        while (true) {
            int c = peek();
            if (c == END) {
                throw Unreadable.endless();
            } else if (c == '\n' || c == '\r') {
                endLine();
                continue;
            }
            at++;
            if (c != quote) {
                continue;
            }
            if (peek() == quote) {
                doubled = true;
                at++;
                continue;
            }
            String value = new String(buffer, start + from, at - 1 - start - from);
            String sign = Character.toString(quote);
            values.add(doubled ? value.replace(sign + sign, sign) : value);
            int behind = peek();
            if (behind == END || behind == delimiter || behind == '\n' || behind == '\r') {
                return true;
            }
            toEndOf(false);
            return false;
        }
    }

    private void toEndOf(boolean isField) {
        int c = peek();
        while (c != END && c != '\n' && c != '\r' && !(isField && c == delimiter)) {
            at++;
            c = peek();
        }
    }

    private void endLine() {
        int c = peek();
        if (c == END) {
            return;
        }
        at++;
        if (c == '\r' && peek() == '\n') {
            at++;
        }
        lines++;
    }

    private int peek() {
        return at < end || fill() ? buffer[at] : END;
    }

    private boolean fill() {
        if (exhausted) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            at -= start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (buffer.length >= LONGEST_RECORD) {
                throw Unreadable.endless();
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        try {
            int read = reader.read(buffer, end, buffer.length - end);
            exhausted = read < 0;
            end += Math.max(0, read);
            return at < end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
