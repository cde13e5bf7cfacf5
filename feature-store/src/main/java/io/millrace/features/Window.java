package io.millrace.features;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of ages in days before the as-of date, which is day 0.
 *
 * @param from youngest age counted, at least 0
 * @param to   first age no longer counted; {@link #UNBOUNDED} for all of history
 */
public record Window(int from, int to) {

    /** The end of a window that reaches back to the first row. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Every row there is. */
    public static final Window ALL = new Window(0, UNBOUNDED);

    private static final Pattern WRITTEN = Pattern.compile("(?:(\\d{1,5})-)?(\\d{1,5})");

    public Window {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException(
                    "a window must end after it begins, and this one goes from day %d to day %d".formatted(from, to));
        }
    }

    /**
     * Reads {@code 30} (the last 30 days), {@code 90-180} (the 90 days before the last 90) or {@code all}.
     *
     * @throws IllegalArgumentException where {@code text} is none of these
     */
    public static Window parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "window '" + text + "' is not a number of days, a span such as 90-180, or all");
        }
        int from = written.group(1) == null ? 0 : Integer.parseInt(written.group(1));
        return new Window(from, Integer.parseInt(written.group(2)));
    }

    /** What the window adds to a feature's name: {@code _30d}, {@code _90_180d}, or nothing for all of history. */
    public String suffix() {
        if (to == UNBOUNDED) {
            return "";
        }
        return from == 0 ? "_" + to + "d" : "_" + from + "_" + to + "d";
    }

    /** A boolean over the column {@code age}, or null if every row counts. */
    String sql() {
        String low = from == 0 ? null : "age >= " + from;
        String high = to == UNBOUNDED ? null : "age < " + to;
        return low == null ? high : high == null ? low : low + " AND " + high;
    }

    /** The window in words, to stand behind a feature's description. */
    String words() {
        if (to == UNBOUNDED) {
            return "over all of history";
        }
        return from == 0 ? "in the last " + to + " days" : "from " + from + " to " + to + " days before";
    }
}
