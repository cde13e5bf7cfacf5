package io.millrace.contracts.source;

import java.time.ZoneId;

/** A pattern such as {@code dd.MM.yyyy}, and the Spark SQL that reads text with it. */
final class DatePattern {

    private DatePattern() {}

    /** Refuses a pattern that Spark would refuse in the middle of a night. @throws IllegalArgumentException */
    static void check(String pattern) {
        try {
            new java.time.format.DateTimeFormatterBuilder().appendPattern(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "format '" + pattern + "' is not a date pattern such as yyyyMMdd: " + e.getMessage(), e);
        }
    }

    /**
     * Reads {@code text} as text in ISO form; null if the pattern does not fit.
     *
     * @param type date or timestamp
     * @param zone of a pattern that reads none, or null for UTC
     */
    static String sql(String text, String pattern, String type, ZoneId zone) {
        String read = "try_to_timestamp(" + text + ", '" + pattern.replace("'", "\\'") + "')";
        boolean namesZone = pattern.replaceAll("'[^']*'", "").matches(".*[XxZzVO].*");
        String parsed = zone == null || namesZone ? read : inUtc(read, zone);
        String value = type.equals("date") ? "to_date(" + parsed + ")" : parsed;
        // The guard keeps a pattern from the head of a longer text, and from text on which Spark's old and new parsers
        // disagree: that is an error in Spark, not a null.
        return "CASE WHEN " + text + " RLIKE '" + regex(pattern) + "' THEN cast(" + value + " AS string) END";
    }

    /** A time of day of a zone as that of UTC. Java's rule, and Spark's: an hour that is not there or there twice has the offset before the change. */
    static String inUtc(String local, ZoneId zone) {
        return "to_utc_timestamp(" + local + ", '" + zone + "')";
    }

    /** What text of this pattern looks like. No backslashes, which SQL would take for its own. */
    static String regex(String pattern) {
        StringBuilder regex = new StringBuilder("^");
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                quoted = !quoted;
            } else if (quoted || !Character.isLetter(c)) {
                regex.append(Character.isLetterOrDigit(c) ? String.valueOf(c) : "[" + c + "]");
            } else {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                regex.append(field(c, end - i));
            }
            i = end;
        }
        return regex.append('$').toString();
    }

    private static String field(char letter, int width) {
        return switch (letter) {
            case 'a', 'E', 'G' -> "[A-Za-z.]+";
            case 'X', 'x', 'Z', 'z', 'V', 'O' -> "[A-Za-z0-9:+/_-]+";
            case 'M', 'L' -> width > 2 ? "[A-Za-z.]+" : digits(width);
            default -> digits(width);
        };
    }

    private static String digits(int width) {
        return width == 1 ? "[0-9]{1,2}" : "[0-9]{" + width + "}";
    }
}
