package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** What splits hold, as rows of bronze: one task a split. */
final class SplitRows {

    private SplitRows() {}

    /**
     * Tasks give what differs from row to row; what is the same for all rows of a split is added by its number, as a
     * constant that nobody has to convert half a million times.
     */
    static Dataset<Row> of(SparkSession spark, List<Split> splits, List<String> columns, Set<String> notations) {
        StructType schema = new StructType()
                .add("_split", "int")
                .add("_line", "bigint")
                .add("_malformed", "string")
                .add("_typed", "string");
        for (String column : columns) {
            schema = schema.add(column, "string");
        }
        boolean[] isNotation = new boolean[columns.size()];
        for (int i = 0; i < isNotation.length; i++) {
            isNotation[i] = notations.contains(columns.get(i));
        }
        String[] names = columns.toArray(String[]::new);
        List<Numbered> numbered = IntStream.range(0, splits.size())
                .mapToObj(i -> new Numbered(i + 1, splits.get(i)))
                .toList();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        JavaRDD<Row> rows = context.parallelize(numbered, numbered.size())
                .mapPartitions(parts -> new RowIterator(parts, names, isNotation));
        Dataset<Row> read = spark.createDataFrame(rows, schema);
        // One constant of all stamps, so that thousands of files make no larger plan than one.
        Column stamps = new Column(Literal.create(
                splits.stream().map(s -> s.stamp().row()).toArray(Row[]::new),
                new ArrayType(Split.Stamp.SCHEMA, false)));
        return read.withColumn("_stamp", element_at(stamps, col("_split")))
                .select("_stamp.*", "*")
                .drop("_stamp", "_split");
    }

    /** A split with its number, from 1. */
    private record Numbered(int number, Split split) implements Serializable {}

    /** Delivered rows of some splits, one after another: number of the split, line, malformed text, typed columns, own columns. */
    private static final class RowIterator implements Iterator<Row> {

        private static final int OWN = 4;

        private final Iterator<Numbered> splits;
        private final String[] names;
        private final boolean[] isNotation;
        private Numbered split;
        private Iterator<DeliveredRow> rows = java.util.Collections.emptyIterator();

        RowIterator(Iterator<Numbered> splits, String[] names, boolean[] isNotation) {
            this.splits = splits;
            this.names = names;
            this.isNotation = isNotation;
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext() && splits.hasNext()) {
                split = splits.next();
                rows = split.split().read();
            }
            return rows.hasNext();
        }

        @Override
        public Row next() {
            DeliveredRow row = rows.next();
            Object[] values = new Object[OWN + names.length];
            values[0] = split.number();
            values[1] = row.line();
            values[2] = row.malformed();
            if (row.values() != null) {
                int[] targets = split.split().targets();
                for (int i = 0; i < targets.length; i++) {
                    values[OWN + targets[i]] = row.values()[i];
                }
                values[3] = typed(row.numbers(), targets);
            }
            return RowFactory.create(values);
        }

        private String typed(BitSet numbers, int[] targets) {
            if (numbers == null) {
                return null;
            }
            List<String> typed = new ArrayList<>();
            for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
                if (isNotation[targets[i]]) {
                    typed.add(names[targets[i]]);
                }
            }
            return BronzeTable.typed(typed);
        }
    }
}
