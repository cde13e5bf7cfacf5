package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.lit;

import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.io.Serializable;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

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
            Timestamp loadedAt,
            Date businessDate,
            long delivery,
            String operation)
            implements Serializable {

        static final StructType SCHEMA = new StructType()
                .add("_source", "string")
                .add("_file", "string")
                .add("_query", "string")
                .add("_extract_id", "string")
                .add("_run_id", "string")
                .add("_loaded_at", "timestamp")
                .add("_business_date", "date")
                .add("_delivery", "bigint")
                .add("_op", "string");

        /** Named and typed as bronze has it. */
        Row row() {
            return RowFactory.create(
                    source, file, query, extractId, runId, loadedAt, businessDate, delivery, operation);
        }

        /** The same as constants. */
        List<Column> columns() {
            Row row = row();
            return IntStream.range(0, SCHEMA.size())
                    .mapToObj(i -> lit(row.get(i))
                            .cast(SCHEMA.apply(i).dataType())
                            .as(SCHEMA.apply(i).name()))
                    .toList();
        }

        /**
         * What every row of an extract carries if it was not found deleted.
         *
         * @param file  that delivered it, or null
         * @param query that delivered it, or null
         */
        static Stamp of(Night night, Extract extract, String file, String query) {
            return new Stamp(
                    extract.source(),
                    file,
                    query,
                    extract.id(),
                    night.runId(),
                    Timestamp.from(night.startedAt()),
                    Date.valueOf(extract.businessDate()),
                    extract.delivery(),
                    "U");
        }

        Stamp deleted() {
            return new Stamp(source, file, query, extractId, runId, loadedAt, businessDate, delivery, "D");
        }
    }
}
