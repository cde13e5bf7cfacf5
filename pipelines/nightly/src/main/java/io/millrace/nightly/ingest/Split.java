package io.millrace.nightly.ingest;

import java.io.Serializable;
import java.util.Iterator;

/** A part of a delivery that one task reads. It travels to the executors, so it holds where to read and no rows. */
interface Split extends Serializable {

    /** The rows, read as they are asked for. */
    Iterator<DeliveredRow> read();

    /** Which bronze column each field goes to, counted behind the load columns. */
    int[] targets();

    /** Which extract the rows are of. */
    Stamp stamp();

    /** What every row of an extract carries. */
    record Stamp(
            String source,
            String file,
            String query,
            String extractId,
            String runId,
            java.sql.Timestamp loadedAt,
            java.sql.Date businessDate,
            long delivery,
            String operation)
            implements Serializable {

        Stamp deleted() {
            return new Stamp(source, file, query, extractId, runId, loadedAt, businessDate, delivery, "D");
        }
    }
}
