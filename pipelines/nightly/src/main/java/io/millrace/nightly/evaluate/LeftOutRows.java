package io.millrace.nightly.evaluate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of a file that are left out: how many by reason, and where the first of them stands.
 *
 * @param <W> the reasons, whose text goes on "5 rows", such as "without a customer"
 */
public final class LeftOutRows<W extends Enum<W>> {

    /** Most characters of an example. */
    private static final int MOST = 60;

    private record Kind(long rows, long firstLine, String example) {}

    private final Map<W, Kind> kinds = new TreeMap<>();

    /**
     * Counts a row.
     *
     * @param line    near which it stands, from 1
     * @param example what is wrong, or blank
     */
    public void add(W why, long line, String example) {
        Kind before = kinds.get(why);
        kinds.put(
                why,
                before == null
                        ? new Kind(1, line, example.length() > MOST ? example.substring(0, MOST) + "…" : example)
                        : new Kind(before.rows + 1, before.firstLine, before.example));
    }

    public boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** How many there are. */
    public long rows() {
        return kinds.values().stream().mapToLong(Kind::rows).sum();
    }

    /** A sentence about each reason. */
    public List<String> remarks() {
        return kinds.entrySet().stream()
                .map(e -> "%,d rows %s are left out, the first near line %,d%s"
                        .formatted(
                                e.getValue().rows,
                                e.getKey(),
                                e.getValue().firstLine,
                                e.getValue().example.isBlank() ? "" : ": '" + e.getValue().example + "'"))
                .toList();
    }
}
