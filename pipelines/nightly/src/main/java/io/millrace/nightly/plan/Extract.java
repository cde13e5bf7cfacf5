package io.millrace.nightly.plan;

/**
 * A file or query that was seen, and what became of its rows.
 *
 * @param id           hash of source, table, business date and content
 * @param delivery     grows with every extract taken in; later ones win over earlier ones of the same date
 * @param initial      nothing of this table had been taken in before
 * @param stamp        size and time of the file, so that it is not read again to find that it is known
 * @param watermark    greatest watermark delivered by a query, or null
 */
public record Extract(
        String id,
        String source,
        String table,
        String businessDate,
        String location,
        String sha256,
        long bytes,
        String stamp,
        String mode,
        State state,
        String reason,
        String drift,
        long delivery,
        boolean initial,
        String watermark,
        long rowsDelivered,
        long rowsBronze,
        long rowsSilver,
        long rowsMerged,
        long rowsQuarantined,
        String runId) {

    /** How far an extract has come. */
    public enum State {
        /** Looked at and numbered; its rows may or may not be in bronze yet. */
        ACCEPTED,
        /** Its rows are in bronze. */
        LANDED,
        /** Its rows are accounted for in silver. */
        REFINED,
        /** The same content was taken in before. */
        DUPLICATE,
        /** Not taken in; the night stops before deciding. */
        REFUSED
    }

    /** @param rows rows in bronze; for a query they are what it delivered */
    public Extract landed(long rows) {
        long delivered = sha256 == null ? rows : rowsDelivered;
        return new Extract(
                id,
                source,
                table,
                businessDate,
                location,
                sha256,
                bytes,
                stamp,
                mode,
                State.LANDED,
                reason,
                drift,
                delivery,
                initial,
                watermark,
                delivered,
                rows,
                0,
                0,
                0,
                runId);
    }

    public Extract refined(long silver, long merged, long quarantined) {
        return new Extract(
                id,
                source,
                table,
                businessDate,
                location,
                sha256,
                bytes,
                stamp,
                mode,
                State.REFINED,
                reason,
                drift,
                delivery,
                initial,
                watermark,
                rowsDelivered,
                rowsBronze,
                silver,
                merged,
                quarantined,
                runId);
    }

    /** True once its row for ops.extract can be written. */
    public boolean isSettled() {
        return state == State.REFINED || state == State.DUPLICATE || state == State.REFUSED;
    }
}
