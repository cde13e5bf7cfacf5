package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.NumericType;

/** A Parquet file as rows of bronze: every value as text, the ordinal of the row as its line. */
final class ParquetRows {

    private ParquetRows() {}

    /**
     * Why Spark does not read a file of this schema, or null if it does. Asked column by column, so that the answer names the column; of two
     * columns that differ by case alone it would not know which is meant.
     */
    static String unreadable(MessageType schema) {
        ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(false, true, false, true, false);
        Map<String, String> names = new HashMap<>();
        for (Type field : schema.getFields()) {
            String other = names.put(field.getName().toLowerCase(Locale.ROOT), field.getName());
            if (other != null) {
                return "has the columns %s and %s, which differ by case alone: have one of them renamed or left out"
                        .formatted(other, field.getName());
            }
            try {
                converter.convert(new MessageType(schema.getName(), field));
            } catch (Exception e) {
                // Spark declares no exception for the one that it throws here.
                if (!(e instanceof AnalysisException)) {
                    throw e;
                }
                return "has the column %s of a type that Spark does not read: %s. Have it delivered as TIMESTAMP(MICROS), as a number or as text"
                        .formatted(field.getName(), field);
            }
        }
        return null;
    }

    /** What reading every row of a file meets, or empty if all of it can be read. */
    static Optional<String> damage(SparkSession spark, DropFile file) {
        try {
            spark.read().parquet(literal(file.uri())).foreachPartition((ForeachPartitionFunction<Row>)
                    rows -> rows.forEachRemaining(Row::length));
            return Optional.empty();
        } catch (Exception e) {
            // Spark declares no exception for those that it throws here.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of("its rows cannot be read: "
                    + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** @param notations columns of bronze with a notation of their own */
    static Dataset<Row> of(SparkSession spark, FileSplit split, List<String> bronzeColumns, Set<String> notations) {
        Dataset<Row> file = spark.read().parquet(literal(split.file().uri()));
        List<String> typed = new ArrayList<>();
        List<Column> selected = new ArrayList<>(split.stamp().columns());
        selected.add(col("_metadata.row_index").plus(1).cast("bigint").as("_line"));
        selected.add(lit(null).cast("string").as("_malformed"));
        for (int i = 0; i < bronzeColumns.size(); i++) {
            int field = field(split.targets(), i);
            if (field >= 0
                    && notations.contains(bronzeColumns.get(i))
                    && file.schema().apply(split.header()[field]).dataType() instanceof NumericType) {
                typed.add(bronzeColumns.get(i));
            }
            Column value = field < 0 ? lit(null) : col("`" + split.header()[field] + "`");
            selected.add(value.cast("string").as(bronzeColumns.get(i)));
        }
        selected.add(
                split.stamp().columns().size() + 2,
                lit(BronzeTable.typed(typed)).cast("string").as("_typed"));
        return file.select(selected.toArray(Column[]::new));
    }

    /** Spark takes a path for a pattern: signs that mean something there stand for themselves. */
    private static String literal(String uri) {
        return uri.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
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
