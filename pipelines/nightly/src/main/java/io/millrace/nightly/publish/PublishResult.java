package io.millrace.nightly.publish;

/**
 * What publishing a batch did.
 *
 * @param written          rows inserted
 * @param updated          undecided rows brought up to date in place, now part of the new batch
 * @param superseded       undecided rows that are no longer part of the plan, and those of earlier nights
 * @param untouched        rows of that night that the ERP had decided, and which stay as they are
 * @param batchId          the batch that holds the night now
 * @param alreadyPublished true where the newest batch of the night says the same; all counts are 0 then
 */
public record PublishResult(
        int written, int updated, int superseded, int untouched, String batchId, boolean alreadyPublished) {

    static PublishResult already(String batchId) {
        return new PublishResult(0, 0, 0, 0, batchId, true);
    }

    PublishResult superseding(int more) {
        return new PublishResult(written, updated, superseded + more, untouched, batchId, alreadyPublished);
    }

    /** Rows that the transaction changed. */
    public int changed() {
        return written + updated + superseded;
    }
}
