package io.millrace.nightly.publish;

/**
 * What publishing a batch did.
 *
 * @param written          rows inserted
 * @param updated          undecided rows brought up to date in place, now part of the new batch
 * @param superseded       undecided rows, of this night or an earlier one, that are no longer part of the plan
 * @param untouched        rows of that night that the ERP had decided, and which stay as they are
 * @param leftOut          rows of the plan that are not there: the ERP accepted the like of them while it was made, or had answered
 *                         them before they were lost from the database
 * @param batchId          the batch that holds the night now, or the later night's that has taken its place
 * @param alreadyPublished true if the newest batch of the night says the same, or a later night's plan is there; all
 *                         counts are 0 then
 */
public record PublishResult(
        int written,
        int updated,
        int superseded,
        int untouched,
        int leftOut,
        String batchId,
        boolean alreadyPublished) {

    static PublishResult already(String batchId) {
        return new PublishResult(0, 0, 0, 0, 0, batchId, true);
    }

    PublishResult withSuperseded(int more) {
        return new PublishResult(written, updated, superseded + more, untouched, leftOut, batchId, alreadyPublished);
    }

    /** Rows that the transaction changed. */
    public int changed() {
        return written + updated + superseded;
    }
}
