package io.millrace.lake;

import java.util.Map;

/**
 * What a merge did. It is written into the commit itself, so that a merge that is repeated after a crash gives the same
 * answer as the one that was committed.
 *
 * @param inserted  rows that are new
 * @param updated   rows that took new values
 * @param deleted   rows that went
 * @param byExtract extract id → the rows among the inserted ones that it delivered
 */
public record Merged(long inserted, long updated, long deleted, Map<String, Long> byExtract) {

    /** True if the table was left as it was. */
    @com.fasterxml.jackson.annotation.JsonIgnore
    public boolean isNothing() {
        return inserted + updated + deleted == 0;
    }
}
