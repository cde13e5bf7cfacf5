package io.millrace.nightly.ingest;

import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** What a file may not exceed, so that one that has no end costs the night a refusal and neither its memory nor its disk. */
final class Bounds {

    /** Characters of a line. What is longer holds no row that anybody wrote. */
    static final int LONGEST_LINE = 4 * 1024 * 1024;

    /** How many times its size a compressed file may unpack to. Extracts come to five or twenty times theirs, gzip itself to a thousand. */
    private static final long MOST_GROWTH = 200;

    /** What any file may unpack to: sixty-four megabytes are no harm. */
    private static final long HARMLESS = 64L << 20;

    private Bounds() {}

    /** A file that goes beyond them. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;

        private Exceeded(String message) {
            super(message);
        }
    }

    /**
     * What is unpacked, up to {@value #MOST_GROWTH} times the size of what is stored.
     *
     * @param bytes stored
     */
    static InputStream unpacked(InputStream plain, long bytes) {
        long most = Math.max(HARMLESS, MOST_GROWTH * bytes);
        return new FilterInputStream(plain) {
            private long seen;

            @Override
            public int read() throws IOException {
                int one = super.read();
                count(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, length);
                count(Math.max(0, read));
                return read;
            }

            private void count(int read) throws IOException {
                seen += read;
                if (seen > most) {
                    throw new Exceeded(
                            "unpacks to more than %d times its size of %,d bytes".formatted(MOST_GROWTH, bytes));
                }
            }
        };
    }

    /** Text whose lines are no longer than {@value #LONGEST_LINE} characters. */
    static Reader lines(Reader text) {
        return new FilterReader(text) {
            private int length;

            @Override
            public int read() throws IOException {
                int one = super.read();
                if (one >= 0) {
                    count((char) one);
                }
                return one;
            }

            @Override
            public int read(char[] into, int from, int most) throws IOException {
                int read = super.read(into, from, most);
                for (int i = from; i < from + read; i++) {
                    count(into[i]);
                }
                return read;
            }

            private void count(char one) throws IOException {
                length = one == '\n' || one == '\r' ? 0 : length + 1;
                if (length > LONGEST_LINE) {
                    throw new Exceeded("has a line of more than %,d characters".formatted(LONGEST_LINE));
                }
            }
        };
    }
}
