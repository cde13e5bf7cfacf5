package io.millrace.models.evaluate;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * When a point was. Moments of one kind other than {@link Kind#TEXT} have an order.
 *
 * @param kind  how it is written
 * @param place in time: of a day its digits down to the second, of a whole number itself, of other text 0
 * @param text  as the file first spells it
 */
record Moment(Kind kind, BigInteger place, String text) {

    enum Kind {
        DAY,
        WHOLE,
        TEXT
    }

    /** Whether both have an order, in which this one comes first. */
    boolean isBefore(Moment other) {
        return hasOrderWith(other) && place.compareTo(other.place) < 0;
    }

    boolean hasOrderWith(Moment other) {
        return kind == other.kind && kind != Kind.TEXT;
    }

    /** The moments of one file: of each there is one, however it is spelled, so that few are kept. */
    static final class Calendar {
        private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2})?)?");
        private static final Pattern WHOLE = Pattern.compile("-?\\d+");
        private static final int DIGITS = "yyyyMMddHHmmss".length();

        private final Map<String, Moment> bySpelling = new HashMap<>();
        private final Map<Object, Moment> byPlace = new HashMap<>();

        Moment of(String text) {
            return bySpelling.computeIfAbsent(text, this::first);
        }

        private Moment first(String text) {
            if (DAY.matcher(text).matches()) {
                String digits = text.replaceAll("\\D", "");
                return unique(Kind.DAY, new BigInteger(digits + "0".repeat(DIGITS - digits.length())), text);
            }
            if (WHOLE.matcher(text).matches()) {
                return unique(Kind.WHOLE, new BigInteger(text), text);
            }
            return new Moment(Kind.TEXT, BigInteger.ZERO, text);
        }

        private Moment unique(Kind kind, BigInteger place, String text) {
            return byPlace.computeIfAbsent(Map.entry(kind, place), key -> new Moment(kind, place, text));
        }
    }
}
