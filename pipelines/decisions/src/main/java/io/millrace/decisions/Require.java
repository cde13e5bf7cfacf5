package io.millrace.decisions;

/** Checks of arguments whose message names the value, what it was, and what it may be. */
public final class Require {

    private Require() {}

    /** Returns the value, or refuses one that is negative, infinite or not a number. */
    public static double notNegative(String name, double value) {
        that(value >= 0 && Double.isFinite(value), "%s is %s; it must be a number that is 0 or more", name, value);
        return value;
    }

    /** Returns the value, or refuses one that is not a finite number above 0. */
    public static double positive(String name, double value) {
        that(value > 0 && Double.isFinite(value), "%s is %s; it must be a number above 0", name, value);
        return value;
    }

    /** Returns the value, or refuses one that is infinite or not a number. */
    public static double finite(String name, double value) {
        that(Double.isFinite(value), "%s is %s; it must be a finite number", name, value);
        return value;
    }

    /** Returns the value, or refuses one outside [low, high]. */
    public static double between(String name, double value, double low, double high) {
        that(value >= low && value <= high, "%s is %s; it must lie between %s and %s", name, value, low, high);
        return value;
    }

    /** Returns the value, or refuses one below the least. */
    public static int atLeast(String name, int value, int least) {
        that(value >= least, "%s is %s; it must be at least %s", name, value, least);
        return value;
    }

    /** Returns the text, or refuses one that is null or blank. */
    public static String text(String name, String value) {
        that(value != null && !value.isBlank(), "%s is empty; give it a value", name);
        return value;
    }

    /** Throws {@link IllegalArgumentException} with the formatted message unless the condition holds. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency, and this module has none
    public static void that(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
