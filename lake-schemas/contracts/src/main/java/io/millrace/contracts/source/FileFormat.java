package io.millrace.contracts.source;

import io.millrace.contracts.yaml.Records.Optional;
import java.io.Serializable;
import java.nio.charset.Charset;

/**
 * How the files of a source are written.
 *
 * @param delimiter one character between fields
 * @param quote     one character around a field that holds a delimiter, or {@code none}
 * @param header    whether the first line names the columns
 * @param encoding  character set
 */
public record FileFormat(
        @Optional(",") String delimiter,
        @Optional("\"") String quote,
        @Optional("true") boolean header,
        @Optional("UTF-8") String encoding)
        implements Serializable {

    public FileFormat {
        if (delimiter.length() != 1) {
            throw new IllegalArgumentException("delimiter '" + delimiter + "' must be one character");
        }
        if (quote.length() != 1 && !quote.equals("none")) {
            throw new IllegalArgumentException("quote '" + quote + "' must be one character or none");
        }
        if (!Charset.isSupported(encoding)) {
            throw new IllegalArgumentException("encoding '" + encoding + "' is not known to this JVM");
        }
    }

    /** Comma, double quotes, a header, UTF-8. */
    public static FileFormat usual() {
        return new FileFormat(",", "\"", true, "UTF-8");
    }

    public Charset charset() {
        return Charset.forName(encoding);
    }
}
