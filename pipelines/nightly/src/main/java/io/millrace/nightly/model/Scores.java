package io.millrace.nightly.model;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a model gives for a night.
 *
 * @param rows of the table that it scores
 * @param kept further table → its rows of the night
 * @param note what whoever watches should know beside the number of rows, or empty
 */
public record Scores(Dataset<Row> rows, Map<String, Dataset<Row>> kept, String note) {

    /** Scores and nothing beside them. */
    public static Scores of(Dataset<Row> rows) {
        return new Scores(rows, Map.of(), "");
    }
}
