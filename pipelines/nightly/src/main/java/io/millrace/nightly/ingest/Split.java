package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;

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

        /** As constants, named as bronze names them. */
        List<Column> columns() {
            return List.of(
                    lit(source).as("_source"),
                    lit(file).cast("string").as("_file"),
                    lit(query).cast("string").as("_query"),
                    lit(extractId).as("_extract_id"),
                    lit(runId).as("_run_id"),
                    lit(loadedAt).as("_loaded_at"),
                    lit(businessDate).as("_business_date"),
                    lit(delivery).as("_delivery"),
                    lit(operation).as("_op"));
        }

        Stamp deleted() {
            return new Stamp(source, file, query, extractId, runId, loadedAt, businessDate, delivery, "D");
        }
    }
}
