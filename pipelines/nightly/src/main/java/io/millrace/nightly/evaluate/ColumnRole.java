package io.millrace.nightly.evaluate;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a column of text is taken for. */
public enum ColumnRole {
    /** Every value that is there is a number. */
    NUMBER,
    /** One of several words. */
    CATEGORY,
    /** Every row has another text or whole number, so it tells rows apart and nothing else. */
    IDENTIFIER,
    /** Every row has the same value. */
    CONSTANT;

    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");

    /** What a column with these values, one a row, is taken for. */
    public static ColumnRole of(Iterable<String> values) {
        boolean numbers = true;
        boolean whole = true;
        int count = 0;
        Set<String> different = new HashSet<>();
        for (String value : values) {
            count++;
            different.add(value);
            if (!isMissing(value)) {
                double number = number(value);
                numbers &= !Double.isNaN(number);
                whole &= number == Math.rint(number);
            }
        }
        if (different.size() < 2) {
            return CONSTANT;
        }
        if (different.size() == count && (!numbers || whole)) {
            return IDENTIFIER;
        }
        return numbers ? NUMBER : CATEGORY;
    }

    /** Whether a field says that nothing is known. */
    public static boolean isMissing(String value) {
        return MISSING.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    /** The number in a text; NaN where it is missing, no number, or not finite. */
    public static double number(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
