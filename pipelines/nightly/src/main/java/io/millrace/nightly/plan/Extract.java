package io.millrace.nightly.plan;

/**
 * A file or query that was seen, and what became of its rows.
 *
 * @param id           hash of source, table, business date and content
 * @param delivery     grows with every extract taken in; later ones win over earlier ones of the same date
 * @param initial      nothing of this table had been taken in before
 * @param stamp        size and time of the file, so that it is not read again to find that it is known
 * @param drift        columns that the source's description does not know, between commas, or null for none
 * @param absent       columns of the description that it does not hold, between commas; null if nobody knows
 * @param mapping      what names the mapping that made its rows of silver, or null if that is not known
 * @param taken        how a full delivery or a slice was taken once it is refined; null for others, and where nobody knows any more
 * @param watermark    greatest watermark delivered by a query, or null
 * @param rowsQuarantinedDerived rows of it that tables which make one row of several refused: beside the equation, for another table accounts for each row
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
        String absent,
        long delivery,
        boolean initial,
        String watermark,
        long rowsDelivered,
        long rowsBronze,
        long rowsSilver,
        long rowsMerged,
        long rowsQuarantined,
        long rowsQuarantinedDerived,
        String runId,
        String mapping,
        Taken taken) {

    /** How a full delivery or a slice was taken. */
    public enum Taken {
        /** What it does not hold was deleted. */
        WHOLE,
        /** Nothing went for it: it came late, is the first slice of its date, holds rows of which nobody knows whose they are, or would have taken away too much. */
        ROWS,
        /** Another one took its place before its rows were refined. */
        REPLACED
    }

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

    /** The same once its rows are in bronze. @param rows rows in bronze; for a query they are what it delivered */
    public Extract landed(long rows) {
        return at(State.LANDED, sha256 == null ? rows : rowsDelivered, rows, 0, 0, 0, 0, null, null);
    }

    /**
     * The same once each of its rows is in silver, merged or in quarantine.
     *
     * @param derived rows of it that derived tables refused
     * @param by      what names the mapping, or null
     */
    public Extract refined(long silver, long merged, long quarantined, long derived, String by, Taken how) {
        return at(State.REFINED, rowsDelivered, rowsBronze, silver, merged, quarantined, derived, by, how);
    }

    /** The same where its rows cannot be read after all: it is looked at again by every run until it is replaced or taken away. */
    public Extract refused(String why) {
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
                State.REFUSED,
                why,
                drift,
                absent,
                delivery,
                initial,
                watermark,
                rowsDelivered,
                0,
                0,
                0,
                0,
                0,
                runId,
                null,
                null);
    }

    private Extract at(
            State reached,
            long delivered,
            long bronze,
            long silver,
            long merged,
            long quarantined,
            long derived,
            String by,
            Taken how) {
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
                reached,
                reason,
                drift,
                absent,
                delivery,
                initial,
                watermark,
                delivered,
                bronze,
                silver,
                merged,
                quarantined,
                derived,
                runId,
                by,
                how);
    }

    /** Whether what it does not hold was deleted: by a full delivery on its date, by a slice of its date alone. */
    public boolean isWhole() {
        return !mode.equals("delta") && taken != Taken.ROWS && taken != Taken.REPLACED;
    }

    /** Whether it is the same part of a full delivery, or slice, delivered anew. */
    public boolean takesPlaceOf(Extract other) {
        return !mode.equals("delta")
                && !other.mode.equals("delta")
                && businessDate.equals(other.businessDate)
                && location.equals(other.location)
                && delivery > other.delivery;
    }

    /** True once its row for ops.extract can be written. */
    public boolean isSettled() {
        return state == State.REFINED || state == State.DUPLICATE || state == State.REFUSED;
    }
}
