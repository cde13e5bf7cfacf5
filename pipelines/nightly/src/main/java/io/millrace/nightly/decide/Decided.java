package io.millrace.nightly.decide;

import io.millrace.nightly.tables.NightTables;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night decided.
 *
 * @param considered how many there were to decide about
 * @param decided    how many rows there are
 * @param rows       of the decision's gold table
 * @param kept       rows of the night for each table that the decision {@linkplain Decision#keeps keeps}
 * @param note       one line for whoever watches
 */
public record Decided(long considered, long decided, Dataset<Row> rows, Map<String, Dataset<Row>> kept, String note) {

    public Decided {
        kept = Map.copyOf(kept);
    }

    /**
     * What was decided on the driver.
     *
     * @param table the decision's gold table
     */
    public static Decided of(
            NightTables in,
            String table,
            long considered,
            List<Row> rows,
            Map<String, Dataset<Row>> kept,
            String note) {
        return new Decided(considered, rows.size(), in.rows(table, rows), kept, note);
    }
}
