package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Parquet file as rows of bronze: every value as text, the ordinal of the row as its line. */
final class ParquetRows {

    private ParquetRows() {}

    static Dataset<Row> of(SparkSession spark, FileSplit split, List<String> bronzeColumns) {
        List<Column> selected = new ArrayList<>(split.stamp().columns());
        selected.add(col("_metadata.row_index").plus(1).cast("bigint").as("_line"));
        selected.add(lit(null).cast("string").as("_malformed"));
        for (int i = 0; i < bronzeColumns.size(); i++) {
            int field = field(split.targets(), i);
            Column value = field < 0 ? lit(null) : col("`" + split.header()[field] + "`");
            selected.add(value.cast("string").as(bronzeColumns.get(i)));
        }
        return spark.read().parquet(split.file().uri()).select(selected.toArray(Column[]::new));
    }

    private static int field(int[] targets, int column) {
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] == column) {
                return i;
            }
        }
        return -1;
    }
}
