package io.millrace.contracts.source;

import io.millrace.contracts.yaml.Records.Optional;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * A column as a source delivers it, always as text, and how that text is read.
 *
 * @param required an extract without this column is refused
 * @param as       how the text is read
 * @param format   DATE and TIMESTAMP: patterns to try in order, as in {@code yyyyMMdd}. NUMBER: {@code comma} where
 *                 the comma is the decimal sign, {@code whole} where every separator groups thousands, {@code last-separator}
 * where the last comma or point of a value is its decimal sign, for sources that always write decimals
 * and whose notation depends on who exported. Without one, the point is the decimal sign
 * @param timeZone TIMESTAMP: zone of values that name none, or null for UTC. Of an hour that the clock leaves out or shows twice the offset
 *                 before the change counts
 */
public record SourceColumn(
        @Optional boolean required,
        @Optional("text") Reading as,
        @Optional List<String> format,
        @Optional ZoneId timeZone) {

    /** What follows a time of day that names its zone. */
    private static final String ZONE = " ?(Z|z|UTC|GMT|[+-][0-9]{1,2}(:?[0-9]{2})?|[A-Za-z]+/[A-Za-z_/]+)";

    /** A whole day, alone or with a time of day, which may have a zone. No backslashes, which SQL would take for its own. */
    private static final String MOMENT =
            "^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}" + "([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(" + ZONE + ")?)?$";

    private static final List<String> NOTATIONS = List.of("point", "comma", "last-separator", "whole");

    public SourceColumn {
        if (timeZone != null && as != Reading.TIMESTAMP) {
            throw new IllegalArgumentException("time-zone " + timeZone + " is for timestamps only");
        }
        switch (as) {
            case NUMBER -> checkNotation(format);
            case DATE, TIMESTAMP -> format.forEach(DatePattern::check);
            case TEXT, CODE, FLAG -> {
                if (!format.isEmpty()) {
                    throw new IllegalArgumentException(
                            "format " + format + " is for numbers, dates and timestamps only");
                }
            }
        }
    }

    /** The same with a zone, if it is one of timestamps that says none of its own. */
    SourceColumn in(ZoneId zone) {
        return as == Reading.TIMESTAMP && timeZone == null ? new SourceColumn(required, as, format, zone) : this;
    }

    private static void checkNotation(List<String> format) {
        if (format.size() > 1 || !NOTATIONS.containsAll(format)) {
            throw new IllegalArgumentException("format " + format + " of a number must be one of " + NOTATIONS);
        }
    }

    /** Ways to read delivered text. What cannot be read is passed on unchanged, so that it is quarantined, not lost. */
    public enum Reading {
        /** Trailing blanks cut; nothing left is null. */
        TEXT,
        /** As TEXT; a value of digits alone loses its leading zeros, so that paddings of one key meet. */
        CODE,
        /** Thousands separators, a trailing minus and surrounding blanks are understood. */
        NUMBER,
        /** A day. Blanks, 00000000 and days before 1900 are null. */
        DATE,
        /** A moment; what names no zone is in that of the column, or in UTC. */
        TIMESTAMP,
        /** X, true, t, yes, 1 are true; blank, false, f, no, 0 are false. */
        FLAG
    }

    /** True if text is a number in a notation of its own, which a value that was delivered as a number is not in. */
    public boolean hasNotation() {
        return as == Reading.NUMBER && !format.isEmpty() && !format.get(0).equals("point");
    }

    /** A Spark SQL expression that reads {@code column}; its value is text in a form that a cast understands. */
    public String sql(String column) {
        String c = "`" + column + "`";
        String text = "nullif(rtrim(" + c + "), '')";
        return switch (as) {
            case TEXT -> text;
            case CODE ->
                "CASE WHEN trim(" + c + ") RLIKE '^[0-9]+$' THEN " + "nullif(regexp_replace(trim(" + c
                        + "), '^0+(?=[0-9])', ''), '') ELSE " + text + " END";
            case NUMBER -> number(c);
            case DATE -> moment(c, "date");
            case TIMESTAMP -> moment(c, "timestamp");
            case FLAG ->
                "CASE WHEN " + c + " IS NULL THEN NULL WHEN lower(trim(" + c + ")) IN ('x','true','t','yes','y','1') "
                        + "THEN 'true' WHEN lower(trim(" + c + ")) IN ('','false','f','no','n','0') THEN 'false' ELSE "
                        + c + " END";
        };
    }

    /** A Spark SQL condition: whether text is a whole day in ISO form, alone or with a time, so that a cast has nothing to guess. */
    public static String isMoment(String text) {
        return "trim(" + text + ") RLIKE '" + MOMENT + "'";
    }

    /** Whether text is a whole day in ISO form, alone or with a time: it is read without a format. */
    public static boolean isIsoMoment(String text) {
        return text.matches(MOMENT);
    }

    /** Whether text as a whole looks as a pattern such as {@code dd.MM.yyyy} says. */
    public static boolean fits(String pattern, String text) {
        return text.matches(DatePattern.regex(pattern));
    }

    /** Only text that is a number in its notation is rewritten: 12,5 where the point is decimal must not become 125. */
    private String number(String c) {
        String t = "trim(" + c + ")";
        return switch (format.isEmpty() ? "point" : format.get(0)) {
            case "comma" -> number(t, "[. \u00a0]", "[,]", "[. \u00a0]");
            case "whole" -> number(t, "[., \u00a0]", null, "[., \u00a0]");
            case "last-separator" -> number(t, "[., \u00a0]", "[.,]", "[ \u00a0]|[.,](?=.*[.,])");
            default -> number(t, "[, \u00a0]", "[.]", "[, \u00a0]");
        };
    }

    private static String number(String t, String group, String decimal, String dropped) {
        String digits = "(?:[0-9]{1,3}(?:" + group + "[0-9]{3})+|[0-9]+)"
                + (decimal == null ? "" : "(?:" + decimal + "[0-9]*)?");
        String plain = "regexp_replace(" + t + ", '" + dropped + "|-$', '')";
        boolean isPointed = decimal == null || decimal.equals("[.]");
        String pointed = isPointed ? plain : "replace(" + plain + ", ',', '.')";
        // One quick look spares most values the long pattern: it is for what a cast would not understand.
        String unusual = isPointed ? group : "[., \u00a0]";
        return "CASE WHEN " + t + " = '' THEN NULL"
                + " WHEN " + t + " RLIKE '" + unusual + "|-$' AND " + t + " RLIKE '^(?:[+-]?" + digits + "|" + digits
                + "-)$'"
                + " THEN concat(CASE WHEN " + t + " RLIKE '-$' THEN '-' ELSE '' END, " + pointed + ")"
                + " ELSE " + t + " END";
    }

    /** Without a format the text is passed on as it is: a cast reads ISO dates, and a pattern would read and print each. */
    private String moment(String c, String type) {
        String t = "trim(" + c + ")";
        StringBuilder tried = new StringBuilder();
        format.forEach(pattern ->
                tried.append(DatePattern.sql(t, pattern, type, timeZone)).append(", "));
        // A cast completes what is half a date: a time alone becomes today, 2026-02 its first day, 45000 a year, and it
        // drops what stands behind.
        String other = "CASE WHEN " + isMoment(c) + " THEN " + inUtc(t) + " ELSE concat('not a " + type + ": ', " + c
                + ") END";
        String read = format.isEmpty() ? other : "coalesce(" + tried + other + ")";
        String empty = t + " = '' OR " + t + " RLIKE '^[0 :./-]+$'";
        return "CASE WHEN " + c + " IS NULL OR " + empty + " THEN NULL WHEN try_cast(" + read
                + " AS date) < DATE'1900-01-01' THEN NULL ELSE " + read + " END";
    }

    /** Text that names its zone says its moment; of other text the zone of the column is taken off. What is no moment stays. */
    private String inUtc(String text) {
        return timeZone == null
                ? text
                : "IF(" + text + " RLIKE ':[0-9.]+(" + ZONE + ")$', " + text + ", coalesce(cast("
                        + DatePattern.inUtc("try_cast(" + text + " AS timestamp)", timeZone) + " AS string), " + text
                        + "))";
    }

    @Override
    public String toString() {
        return as.name().toLowerCase(Locale.ROOT)
                + (required ? ", required" : "")
                + (format.isEmpty() ? "" : " " + format)
                + (timeZone == null ? "" : " in " + timeZone);
    }
}
