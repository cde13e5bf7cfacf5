package io.millrace.nightly.publish;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A column of the staging schema.
 *
 * @param name     lower case, as in the public contract
 * @param type     what it holds
 * @param size     characters of a text, digits of a decimal, otherwise 0
 * @param scale    digits behind the point of a decimal, otherwise 0
 * @param nullable whether it may be empty
 */
public record StagingColumn(String name, SqlType type, int size, int scale, boolean nullable) {

    /** Four bytes a character at the most, and 4000 bytes are what a column of Oracle takes. */
    private static final int LONGEST_TEXT = 1000;

    /** What Oracle and SQL Server both take. */
    private static final int MOST_DIGITS = 38;

    public StagingColumn {
        if (!name.matches("[a-z][a-z0-9_]{0,29}")) {
            throw new IllegalArgumentException(
                    "column '%s' must be lower case letters, digits and _, 30 at the most".formatted(name));
        }
        if (type == SqlType.TEXT && (size < 1 || size > LONGEST_TEXT)) {
            throw new IllegalArgumentException(
                    "text column %s has size %d: use 1 to %d".formatted(name, size, LONGEST_TEXT));
        }
        if (type == SqlType.DECIMAL && (size < 1 || size > MOST_DIGITS || scale < 0 || scale > size)) {
            throw new IllegalArgumentException(
                    "decimal column %s is (%d,%d): use 1 to %d digits, no more behind the point"
                            .formatted(name, size, scale, MOST_DIGITS));
        }
    }

    static StagingColumn text(String name, int size) {
        return new StagingColumn(name, SqlType.TEXT, size, 0, true);
    }

    static StagingColumn decimal(String name, int digits, int scale) {
        return new StagingColumn(name, SqlType.DECIMAL, digits, scale, true);
    }

    static StagingColumn integer(String name) {
        return new StagingColumn(name, SqlType.INTEGER, 0, 0, true);
    }

    static StagingColumn date(String name) {
        return new StagingColumn(name, SqlType.DATE, 0, 0, true);
    }

    static StagingColumn timestamp(String name) {
        return new StagingColumn(name, SqlType.TIMESTAMP, 0, 0, true);
    }

    StagingColumn notNull() {
        return new StagingColumn(name, type, size, scale, false);
    }

    /**
     * {@code value} as the database will hold it, so that a hash over accepted values is a hash over stored ones:
     * decimals rounded half up to the column's scale, times in UTC to the microsecond, empty text as null (Oracle
     * knows no other).
     *
     * @throws IllegalArgumentException where the column cannot hold the value
     */
    Object accepted(Object value) {
        Object kept = value == null ? null : converted(value);
        if (kept == null && !nullable) {
            throw refused("is empty and must not be");
        }
        return kept;
    }

    private Object converted(Object value) {
        return switch (type) {
            case TEXT -> value instanceof String text ? text(text) : mistyped(value, "a String");
            case DECIMAL -> value instanceof BigDecimal decimal ? decimal(decimal) : mistyped(value, "a BigDecimal");
            case INTEGER -> integer(value);
            case DATE -> date(value);
            case TIMESTAMP -> timestamp(value);
        };
    }

    private String text(String text) {
        if (text.length() > size) {
            throw refused("has %d characters and %d fit: shorten it".formatted(text.length(), size));
        }
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("holds a NUL or half a surrogate pair, which no database stores: clean it where it is made");
        }
        return text.isEmpty() ? null : text;
    }

    private BigDecimal decimal(BigDecimal value) {
        // Seen before it is rounded: setScale of 1e999999999 or 1e-999999999 would make a gigabyte of digits.
        long digitsBeforePoint = (long) value.precision() - value.scale();
        if (value.signum() == 0 || digitsBeforePoint < -scale) {
            return BigDecimal.ZERO.setScale(scale);
        }
        if (digitsBeforePoint <= size - scale) {
            BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
            if (rounded.precision() <= size) {
                return rounded;
            }
        }
        throw refused("is %s and (%d,%d) does not hold it".formatted(value, size, scale));
    }

    private Integer integer(Object value) {
        if (!(value instanceof Integer || value instanceof Long || value instanceof Short)) {
            return mistyped(value, "an Integer");
        }
        long whole = ((Number) value).longValue();
        if (whole != (int) whole) {
            throw refused("is %d and an integer column does not hold it".formatted(whole));
        }
        return (int) whole;
    }

    private LocalDate date(Object value) {
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        return value instanceof LocalDate date ? date : mistyped(value, "a LocalDate");
    }

    private LocalDateTime timestamp(Object value) {
        if (value instanceof LocalDateTime time) {
            return time.truncatedTo(ChronoUnit.MICROS);
        }
        if (value instanceof Timestamp time) {
            return timestamp(time.toInstant());
        }
        return value instanceof Instant instant
                ? timestamp(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                : mistyped(value, "a LocalDateTime in UTC or an Instant");
    }

    private <T> T mistyped(Object value, String wanted) {
        throw refused("is a %s: give %s".formatted(value.getClass().getSimpleName(), wanted));
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(name + " " + why);
    }

    /** What a row holds, as {@link #accepted} gave it. */
    Object read(ResultSet row, int index) throws SQLException {
        return switch (type) {
            case TEXT -> row.getString(index);
            case DECIMAL -> row.getBigDecimal(index);
            case INTEGER -> row.getObject(index, Integer.class);
            case DATE -> row.getObject(index, LocalDate.class);
            case TIMESTAMP -> row.getObject(index, LocalDateTime.class);
        };
    }

    /** Binds an {@linkplain #accepted accepted} value. */
    void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, type.jdbcType());
        } else if (type == SqlType.TEXT) {
            statement.setString(index, (String) value);
        } else if (type == SqlType.DECIMAL) {
            statement.setBigDecimal(index, (BigDecimal) value);
        } else {
            statement.setObject(index, value);
        }
    }
}
