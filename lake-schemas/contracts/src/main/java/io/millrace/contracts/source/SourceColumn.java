package io.millrace.contracts.source;

import io.millrace.contracts.yaml.Records.Optional;
import java.util.List;
import java.util.Locale;

/**
 * A column as a source delivers it, always as text, and how that text is read.
 *
 * @param required an extract without this column is refused
 * @param as       how the text is read
 * @param format   DATE and TIMESTAMP: patterns to try in order, as in {@code yyyyMMdd}. NUMBER: {@code comma} where
 *                 the comma is the decimal sign
 */
public record SourceColumn(
        @Optional boolean required, @Optional("text") Reading as, @Optional List<String> format) {

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
        /** A moment, in the session's time zone. */
        TIMESTAMP,
        /** X, true, t, yes, 1 are true; blank, false, f, no, 0 are false. */
        FLAG
    }

    /** A Spark SQL expression that reads {@code column}; its value is text in a form that a cast understands. */
    public String sql(String column) {
        String c = "`" + column + "`";
        String text = "nullif(rtrim(" + c + "), '')";
        return switch (as) {
            case TEXT -> text;
            case CODE -> "CASE WHEN trim(" + c + ") RLIKE '^[0-9]+$' THEN "
                    + "nullif(regexp_replace(trim(" + c + "), '^0+(?=[0-9])', ''), '') ELSE " + text + " END";
            case NUMBER -> number(c);
            case DATE -> moment(c, List.of("yyyy-MM-dd"), "date");
            case TIMESTAMP -> moment(c, List.of("yyyy-MM-dd HH:mm:ss"), "timestamp");
            case FLAG -> "CASE WHEN " + c + " IS NULL THEN NULL WHEN lower(trim(" + c + ")) IN ('x','true','t','yes','y','1') "
                    + "THEN 'true' WHEN lower(trim(" + c + ")) IN ('','false','f','no','n','0') THEN 'false' ELSE " + c + " END";
        };
    }

    private String number(String c) {
        boolean comma = format.contains("comma");
        String grouped = comma ? "[. \u00a0]" : "[, \u00a0]";
        String plain = "regexp_replace(trim(" + c + "), '" + grouped + "', '')";
        String pointed = comma ? "replace(" + plain + ", ',', '.')" : plain;
        return "CASE WHEN trim(" + c + ") = '' THEN NULL WHEN trim(" + c + ") RLIKE '-$' THEN concat('-', "
                + "regexp_replace(" + pointed + ", '-$', '')) WHEN " + c + " IS NULL THEN NULL ELSE " + pointed + " END";
    }

    private String moment(String c, List<String> usual, String type) {
        List<String> patterns = format.isEmpty() ? usual : format;
        StringBuilder tried = new StringBuilder();
        for (String pattern : patterns) {
            // The length guard keeps a short pattern from accepting the head of a longer text.
            tried.append("CASE WHEN length(trim(").append(c).append(")) = ").append(delivered(pattern)).append(" THEN cast(")
                    .append(type.equals("date") ? "to_date(" : "")
                    .append("try_to_timestamp(trim(").append(c).append("), '").append(pattern.replace("'", "''"))
                    .append("')").append(type.equals("date") ? ")" : "").append(" AS string) END, ");
        }
        String read = "coalesce(" + tried + c + ")";
        String empty = "trim(" + c + ") = '' OR trim(" + c + ") RLIKE '^[0 :./-]+$'";
        return "CASE WHEN " + c + " IS NULL OR " + empty + " THEN NULL WHEN try_cast(" + read
                + " AS date) < DATE'1900-01-01' THEN NULL ELSE " + read + " END";
    }

    private static int delivered(String pattern) {
        return pattern.replace("'", "").length();
    }

    @Override
    public String toString() {
        return as.name().toLowerCase(Locale.ROOT) + (required ? ", required" : "") + (format.isEmpty() ? "" : " " + format);
    }
}
