package io.millrace.nightly.settings;

import io.millrace.contracts.yaml.Records.Optional;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How much of a table a delivery may take away by not holding it, how much of it may be bad, and how large an increment may be: an extract
 * that was cut off, or an empty replica, looks just like deletions, one in another notation like bad rows, and one that was made twice, or
 * of the wrong years, like a very good day.
 *
 * @param mostRemoved greatest share of a table's keys that may go at a time, 0 to 1. All of them never may
 * @param mostBad     greatest share of the rows of a delivery that may go to quarantine, 0 to 1
 * @param mostGrown   how many times as large as the largest of the last increments one may be
 * @param accept      tables of which any share may
 */
public record Volume(
        @Optional("0.2") double mostRemoved,
        @Optional("0.5") double mostBad,
        @Optional("10") double mostGrown,
        @Optional List<String> accept) {

    static final Volume DEFAULT = new Volume(0.2, 0.5, 10, List.of());

    /** A delivery of a few rows may be bad as a whole. */
    private static final int FEW = 10;

    /** Increments that are looked back on, and how many of them say what is usual. */
    public static final int LOOKED_BACK = 20;

    private static final int SOME = 5;

    /** An increment of so many rows may come whatever came before. */
    private static final int SMALL = 1000;

    public Volume {
        if (!(mostGrown >= 1)) {
            throw new IllegalArgumentException("volume.most-grown must be 1 or more and is " + mostGrown);
        }
        if (!(mostBad >= 0 && mostBad <= 1)) {
            throw new IllegalArgumentException("volume.most-bad must be from 0 to 1 and is " + mostBad);
        }
        if (!(mostRemoved >= 0 && mostRemoved <= 1)) {
            throw new IllegalArgumentException("volume.most-removed must be from 0 to 1 and is " + mostRemoved);
        }
    }

    /** The same where these tables may lose any share. */
    Volume accepting(List<String> tables) {
        return new Volume(
                mostRemoved,
                mostBad,
                mostGrown,
                Stream.concat(accept.stream(), tables.stream()).toList());
    }

    public boolean isAccepted(String table) {
        return accept.contains(table);
    }

    /** True if {@code gone} of {@code there} keys are more than may go at a time. One alone always may, but for the last. */
    public boolean isTooMuch(long there, long gone) {
        return gone > 0 && (gone == there || gone > 1 && gone > mostRemoved * there);
    }

    /** True if an increment is far larger than the last ones were. */
    public boolean isTooLarge(List<Long> before, long rows) {
        return before.size() >= SOME && rows > SMALL && rows > mostGrown * largest(before);
    }

    private static long largest(List<Long> before) {
        return before.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * What to say of it.
     *
     * @param table as in {@code shop.sales_line}
     */
    public String tooLarge(String table, List<Long> before, long rows) {
        return String.format(
                Locale.ROOT,
                "%s has an increment of %,d rows, and none of the last %d had more than %,d; one may be %.0f times as large. Where it is meant, run again with --accept-volume %s",
                table,
                rows,
                before.size(),
                largest(before),
                mostGrown,
                table);
    }

    /**
     * What to say of columns that seem to have another name.
     *
     * @param table   as in {@code shop.product}
     * @param columns that the delivery before had and this one does not
     * @param unknown columns that it has instead
     */
    public String renamed(String table, Collection<String> columns, String unknown) {
        return "%s has no column %s any more, which its delivery before had, and has %s, which nobody knows: what it said there would stay as it is from now on. If that is meant, run again with --accept-volume %s"
                .formatted(table, String.join(", ", columns), unknown, table);
    }

    /** True if {@code bad} of {@code delivered} rows are more than a delivery may have in quarantine. */
    public boolean isTooBad(long delivered, long bad) {
        return bad >= FEW && bad > mostBad * delivered;
    }

    /**
     * What to say of it.
     *
     * @param table    as in {@code shop.product}
     * @param examples some of the reasons
     */
    public String tooBad(String table, long delivered, long bad, List<String> examples) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows of %s are bad, and at most %.0f %% may be: %s. Where they are to go to quarantine, run again with --accept-volume %s",
                bad,
                delivered,
                table,
                100 * mostBad,
                String.join("; ", examples),
                table);
    }

    /**
     * What to say of it.
     *
     * @param table as in {@code shop.product}
     */
    public String tooMuch(String table, long there, long gone) {
        return String.format(
                Locale.ROOT,
                "%s no longer holds %,d of the %,d keys that are known of it, and at most %.0f %% may go at a time, and never all. Where they are gone indeed, run again with --accept-volume %s",
                table,
                gone,
                there,
                100 * mostRemoved,
                table);
    }
}
