package io.millrace.lake;

/**
 * What a merge did.
 *
 * @param inserted rows that are new
 * @param updated  rows that took new values
 * @param deleted  rows that went
 */
public record Merged(long inserted, long updated, long deleted) {

    /** True where the table was left as it was. */
    public boolean isNothing() {
        return inserted + updated + deleted == 0;
    }
}
