package io.millrace.launcher.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Rows of comma-separated values after RFC 4180, with line feeds. Null is an empty field. */
final class Csv {

    private Csv() {}

    static void row(Appendable out, String... fields) {
        try {
            for (int i = 0; i < fields.length; i++) {
                if (i > 0) {
                    out.append(',');
                }
                field(out, fields[i]);
            }
            out.append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a row: " + e.getMessage(), e);
        }
    }

    private static void field(Appendable out, String text) throws IOException {
        if (text == null) {
            return;
        }
        if (text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            out.append(text);
        }
    }
}
