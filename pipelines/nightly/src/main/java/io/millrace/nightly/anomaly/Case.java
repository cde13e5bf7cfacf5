package io.millrace.nightly.anomaly;

import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One reading, line or period.
 *
 * @param code     of the thing
 * @param metric   what of it
 * @param at       when
 * @param observed each field in its own unit; NaN where it is not known
 * @param expected what each field usually is for this code and metric
 * @param compared each field as far from what is usual, in a size that is the same for all codes
 */
@SuppressWarnings("ArrayRecordComponent")
record Case(String code, String metric, Instant at, double[] observed, double[] expected, double[] compared)
        implements Serializable {

    /** By code, metric and time. */
    static final Comparator<Case> ORDER =
            Comparator.comparing(Case::code).thenComparing(Case::metric).thenComparing(Case::at);

    /** What of which thing. */
    record Series(String code, String metric) implements Serializable {}

    /** The cases before and after it are of the same. */
    Series series() {
        return new Series(code, metric);
    }

    /** Whether anything of it can be strange. */
    boolean isComparable() {
        return Arrays.stream(compared).anyMatch(Double::isFinite);
    }
}
