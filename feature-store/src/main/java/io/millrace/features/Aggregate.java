package io.millrace.features;

/** How the rows of an entity become one value. Rows whose value is null are left out, as in SQL. */
public enum Aggregate {
    /** Their sum. */
    SUM("double"),
    /** How many there are. */
    COUNT("bigint"),
    /** How many different values there are. Dear over many windows: a source grouped {@code per} the value is not. */
    COUNT_DISTINCT("bigint"),
    /** Their arithmetic mean. */
    AVG("double"),
    /** The least. */
    MIN("double"),
    /** The greatest. */
    MAX("double"),
    /** Their sample standard deviation; null for fewer than two. */
    STDDEV("double"),
    /** The one of the earliest event; of several on that day the greatest. */
    FIRST("double"),
    /** The one of the latest event; of several on that day the greatest. */
    LAST("double"),
    /** Age of the earliest event in days. */
    DAYS_SINCE_FIRST("int"),
    /** Age of the latest event in days. */
    DAYS_SINCE_LAST("int");

    private final String type;

    Aggregate(String type) {
        this.type = type;
    }

    /** Spark SQL type of the result where the declaration names none. */
    String type() {
        return type;
    }

    /** True if the aggregate needs a value; the others look at the rows alone. */
    boolean needsValue() {
        return this != COUNT && this != DAYS_SINCE_FIRST && this != DAYS_SINCE_LAST;
    }

    /**
     * The aggregate in SQL. Means and deviations are rounded to nine places, so that the order in which Spark adds up
     * floating-point numbers does not show.
     *
     * @param value  SQL over a row; the number 1 where none was given
     * @param filter boolean over a row, or null
     * @param oldest column with the age of a row's earliest event
     */
    String sql(String value, String filter, String oldest) {
        String only = filter == null ? "" : " FILTER (WHERE " + filter + ")";
        return switch (this) {
            case SUM, COUNT, MIN, MAX -> name().toLowerCase(java.util.Locale.ROOT) + "(" + value + ")" + only;
            case COUNT_DISTINCT -> "count(DISTINCT " + value + ")" + only;
            case AVG -> "round(CAST(avg(" + value + ")" + only + " AS double), 9)";
            case STDDEV -> "round(stddev_samp(" + value + ")" + only + ", 9)";
            case FIRST -> "max_by(%1$s, struct(%2$s, %1$s))%3$s".formatted(value, oldest, present(value, filter));
            case LAST -> "max_by(%1$s, struct(-age, %1$s))%2$s".formatted(value, present(value, filter));
            case DAYS_SINCE_FIRST -> "max(" + oldest + ")" + only;
            case DAYS_SINCE_LAST -> "min(age)" + only;
        };
    }

    private static String present(String value, String filter) {
        return " FILTER (WHERE (" + value + ") IS NOT NULL" + (filter == null ? "" : " AND " + filter) + ")";
    }
}
