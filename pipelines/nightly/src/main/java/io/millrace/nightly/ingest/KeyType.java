package io.millrace.nightly.ingest;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Types;
import java.util.Collections;
import java.util.List;

/** How a key that was read as text is asked for again: as what its column is, so that the database may use its index. */
enum KeyType {
    INTEGER,
    DECIMAL,
    DATE,
    WORD,
    /** Filled up with blanks to its length, which count in one database's comparison and not in another's. */
    PADDED,
    /** Anything else: the database writes the column as text first, and reads all of the table for it. */
    TEXT;

    private static final String AS_TEXT = "CAST(%s AS varchar(200)) = ?";

    /** @param type of {@link Types} */
    static KeyType of(int type) {
        return switch (type) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
            case Types.DATE -> DATE;
            case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR -> WORD;
            case Types.CHAR, Types.NCHAR -> PADDED;
            default -> TEXT;
        };
    }

    /** This one, or {@link #TEXT} if one of the values is not written as this one is. */
    KeyType orText(List<String> values) {
        try {
            values.forEach(this::bound);
            return this;
        } catch (IllegalArgumentException e) {
            // A number that is none, or a date with a time of day: its text still names it.
            return TEXT;
        }
    }

    /** The condition that a column is what is bound. */
    String isEqual(String column) {
        return switch (this) {
            case TEXT -> AS_TEXT.formatted(column);
            case PADDED -> column + " IN (?, ?)";
            default -> column + " = ?";
        };
    }

    /** What is bound. @throws IllegalArgumentException if the text is no value of this type */
    List<Object> bound(String text) {
        if (text == null) {
            return Collections.nCopies(this == PADDED ? 2 : 1, null);
        }
        return switch (this) {
            case INTEGER -> List.of(Long.valueOf(text));
            case DECIMAL -> List.of(new BigDecimal(text));
            case DATE -> List.of(Date.valueOf(text));
            case PADDED -> List.of(text, text.stripTrailing());
            case WORD, TEXT -> List.of(text);
        };
    }
}
