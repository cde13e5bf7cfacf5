package io.millrace.nightly.replay;

import java.util.List;
import java.util.Map;

/**
 * What a decision says otherwise when its night is replayed.
 *
 * @param table the decision's table
 * @param then  rows that the night wrote
 * @param now   rows that the replay wrote
 * @param lines rows that differ, by key
 */
public record Difference(String table, long then, long now, List<Line> lines) {

    /** Keeps its own copy. */
    public Difference {
        lines = List.copyOf(lines);
    }

    /** Whether a row is in one of the two only, or in both with other values. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * A row that differs.
     *
     * @param key     values of the decision's key
     * @param changes column → its values; of a row that is in one of the two only, the columns that say something, empty on the
     *                other side
     */
    public record Line(Kind kind, List<String> key, Map<String, Change> changes) {}

    /** A value then and now, as text; empty if there is none. */
    public record Change(String then, String now) {}
}
