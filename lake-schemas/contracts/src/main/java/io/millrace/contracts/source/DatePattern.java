package io.millrace.contracts.source;

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

    /** Reads {@code text} as text in ISO form; null if the pattern does not fit. {@code type}: date or timestamp. */
    static String sql(String text, String pattern, String type) {
        String parsed = "try_to_timestamp(" + text + ", '" + pattern.replace("'", "\\'") + "')";
        String value = type.equals("date") ? "to_date(" + parsed + ")" : parsed;
        // The guard keeps a pattern from the head of a longer text, and from text on which Spark's old and new parsers
        // disagree: that is an error in Spark, not a null.
        return "CASE WHEN " + text + " RLIKE '" + regex(pattern) + "' THEN cast(" + value + " AS string) END";
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
