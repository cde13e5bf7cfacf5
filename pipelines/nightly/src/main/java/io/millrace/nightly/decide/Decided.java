package io.millrace.nightly.decide;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night decided.
 *
 * @param considered how many there were to decide about
 * @param rows       of the decision's gold table
 * @param kept       rows of the night for each table that the decision {@linkplain Decision#keeps keeps}
 * @param note       one line for whoever watches
 */
public record Decided(long considered, List<Row> rows, Map<String, Dataset<Row>> kept, String note) {

    public Decided {
        rows = List.copyOf(rows);
        kept = Map.copyOf(kept);
    }
}
