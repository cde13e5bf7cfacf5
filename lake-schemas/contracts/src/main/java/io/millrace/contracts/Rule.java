package io.millrace.contracts;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What must hold of a row or a table. An empty value passes every rule but {@code complete}.
 *
 * @param kind     which test
 * @param name     how a violation is reported
 * @param severity what a violation does
 * @param columns  the columns tested
 * @param min      RANGE: least value allowed, or null
 * @param max      RANGE: greatest value allowed, or null
 * @param values   ONE_OF: the words that the column may hold, otherwise empty
 * @param sql      EXPRESSION: a boolean over the row's columns
 * @param table    REFERS_TO: the table that must hold the value under the same column name
 * @param about    why the rule is there
 */
public record Rule(
        Kind kind,
        String name,
        Severity severity,
        List<String> columns,
        BigDecimal min,
        BigDecimal max,
        List<String> values,
        String sql,
        String table,
        String about) {

    /** The tests that a contract may ask for. */
    public enum Kind {
        COMPLETE,
        UNIQUE,
        RANGE,
        ONE_OF,
        REFERS_TO,
        EXPRESSION
    }

    /** What a violation does. */
    public enum Severity {
        /** Counted and reported; the row goes on. */
        WARN,
        /** The row goes to ops.quarantine; its neighbours go on. */
        QUARANTINE,
        /** The table is not written and the night stops before deciding. */
        REFUSE
    }

    /** True if the test needs the row alone. */
    public boolean isRowLocal() {
        return kind != Kind.UNIQUE && kind != Kind.REFERS_TO;
    }

    /** A Spark SQL boolean that is true for a row that violates this rule; never null. Row-local rules only. */
    public String violationSql() {
        return switch (kind) {
            case COMPLETE ->
                columns.stream().map(c -> "`" + c + "` IS NULL").collect(Collectors.joining(" OR ", "(", ")"));
            case RANGE -> "coalesce(NOT (" + rangeSql() + "), false)";
            case ONE_OF ->
                values.stream()
                        .map(v -> "'" + v + "'")
                        .collect(Collectors.joining(", ", "coalesce(`" + columns.get(0) + "` NOT IN (", "), false)"));
            case EXPRESSION -> "coalesce(NOT (" + sql + "), false)";
            case UNIQUE, REFERS_TO -> throw new IllegalStateException(kind + " needs more than the row");
        };
    }

    /** What a violation means, in words. */
    public String reason() {
        return switch (kind) {
            case COMPLETE -> columns.get(0) + " is empty";
            case RANGE ->
                columns.get(0) + " must be "
                        + (min == null
                                ? "at most " + max
                                : max == null ? "at least " + min : "from " + min + " to " + max);
            case ONE_OF -> columns.get(0) + " must be one of " + String.join(", ", values);
            case UNIQUE -> String.join(", ", columns) + " must be unique";
            case REFERS_TO -> columns.get(0) + " is not in " + table;
            case EXPRESSION -> about == null ? sql : about;
        };
    }

    private String rangeSql() {
        String column = "`" + columns.get(0) + "`";
        String low = min == null ? null : column + " >= " + min.toPlainString();
        String high = max == null ? null : column + " <= " + max.toPlainString();
        return low == null ? high : high == null ? low : low + " AND " + high;
    }

    static String defaultName(Kind kind, List<String> columns) {
        return String.join("_", columns) + "_" + kind.name().toLowerCase(Locale.ROOT);
    }
}
