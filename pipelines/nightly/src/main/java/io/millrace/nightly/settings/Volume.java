package io.millrace.nightly.settings;

import io.millrace.contracts.yaml.Records.Optional;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How much of a table a delivery may take away by not holding it: an extract that was cut off, or an empty replica, looks just like
 * deletions.
 *
 * @param mostRemoved greatest share of a table's keys that may go at a time, 0 to 1. All of them never may
 * @param accept      tables of which any share may
 */
public record Volume(
        @Optional("0.2") double mostRemoved, @Optional List<String> accept) {

    static final Volume DEFAULT = new Volume(0.2, List.of());

    public Volume {
        if (!(mostRemoved >= 0 && mostRemoved <= 1)) {
            throw new IllegalArgumentException("volume.most-removed must be from 0 to 1 and is " + mostRemoved);
        }
    }

    /** The same where these tables may lose any share. */
    Volume accepting(List<String> tables) {
        return new Volume(
                mostRemoved, Stream.concat(accept.stream(), tables.stream()).toList());
    }

    public boolean isAccepted(String table) {
        return accept.contains(table);
    }

    /** True where {@code gone} of {@code there} keys are more than may go at a time. One alone always may, but for the last. */
    public boolean isTooMuch(long there, long gone) {
        return gone > 0 && (gone == there || gone > 1 && gone > mostRemoved * there);
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
