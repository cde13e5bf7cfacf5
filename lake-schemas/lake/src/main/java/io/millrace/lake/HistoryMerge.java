package io.millrace.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * A row each span of days in which nothing changed (a slowly changing dimension of type 2). The spans of the keys that
 * are touched are built anew from all that is known of them, so that a late delivery finds its place in the past and
 * the order of deliveries does not matter.
 */
final class HistoryMerge {

    private final Lake lake;
    private final TableContract contract;

    HistoryMerge(Lake lake, TableContract contract) {
        this.lake = lake;
        this.contract = contract;
    }

    Merged merge(Dataset<Row> changes, Removal removal, Once once) {
        KeyedMerge keyed = new KeyedMerge(lake, contract);
        boolean isEmpty = lake.isEmpty(contract.name());
        Dataset<Row> operations =
                isEmpty ? spans(changes).withColumn("_operation", lit("I")) : operations(changes, removal);
        operations.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return keyed.apply(operations, contract.primaryKey(), once);
        } finally {
            operations.unpersist();
        }
    }

    private Dataset<Row> operations(Dataset<Row> changes, Removal removal) {
        Dataset<Row> existing = lake.read(contract.name());
        Dataset<Row> touching = removal == null ? changes : changes.unionByName(gone(existing, changes, removal));
        Dataset<Row> keys = touching.select(columns(contract.key())).distinct();
        Dataset<Row> before = existing.join(keys, seq(contract.key()), "left_semi");
        Dataset<Row> after = spans(earlier(before, touching).unionByName(touching));
        String differs = contract.columns().stream()
                .map(ColumnContract::name)
                .filter(c -> !contract.primaryKey().contains(c) && !c.startsWith("_"))
                .map(c -> "NOT (s.`%1$s` <=> t.`%1$s`)".formatted(c))
                .collect(Collectors.joining(" OR "));
        String operation = "CASE WHEN t.valid_from IS NULL THEN 'I' WHEN s.valid_from IS NULL THEN 'D' WHEN " + differs
                + " THEN 'U' END";
        Column[] selected = contract.columns().stream()
                .map(c -> expr("IF(s.valid_from IS NULL, t.`%1$s`, s.`%1$s`) AS `%1$s`".formatted(c.name())))
                .toArray(Column[]::new);
        Column[] all = java.util.Arrays.copyOf(selected, selected.length + 1);
        all[selected.length] = col("_operation");
        return after.as("s")
                .join(before.as("t"), expr(KeyedMerge.on("t", "s", contract.primaryKey())), "full")
                .withColumn("_operation", expr(operation))
                .filter("_operation IS NOT NULL")
                .select(all);
    }

    /** A deletion for each current key of the source that a full delivery no longer holds. */
    private Dataset<Row> gone(Dataset<Row> existing, Dataset<Row> changes, Removal removal) {
        return existing.as("t")
                .filter("t.is_current AND " + removal.sql("t"))
                .join(changes, seq(contract.key()), "left_anti")
                .withColumn("_business_date", lit(java.sql.Date.valueOf(removal.date())))
                .withColumn("_deleted", lit(true))
                .drop("valid_from", "valid_to", "is_current");
    }

    /** What the table already says, as the deliveries it came from: each span's start, and its end where it has one. */
    private Dataset<Row> earlier(Dataset<Row> before, Dataset<Row> touching) {
        Dataset<Row> starts =
                before.withColumn("_business_date", col("valid_from")).withColumn("_deleted", lit(false));
        Dataset<Row> ends = before.filter("valid_to IS NOT NULL")
                .withColumn("_business_date", col("valid_to"))
                .withColumn("_deleted", lit(true));
        List<String> key = new ArrayList<>(contract.key());
        key.add("_business_date");
        Dataset<Row> startsAndEnds = starts.unionByName(ends.join(starts.select(columns(key)), seq(key), "left_anti"));
        return startsAndEnds
                .drop("valid_from", "valid_to", "is_current")
                .join(touching.select(columns(key)), seq(key), "left_anti");
    }

    /** The spans of a source's keys, built anew from all that it ever said of them. */
    Dataset<Row> rebuilt(Dataset<Row> statements) {
        return spans(statements);
    }

    /** One row each run of equal values, from at most one delivery for each key and business date. */
    private Dataset<Row> spans(Dataset<Row> deliveries) {
        String window = "(PARTITION BY "
                + contract.key().stream().map(k -> "`" + k + "`").collect(Collectors.joining(", "))
                + " ORDER BY _business_date)";
        String values = contract.ownColumns().stream()
                .map(c -> "IF(_deleted, NULL, `" + c.name() + "`)")
                .collect(Collectors.joining(", ", "struct(_deleted, ", ")"));
        return deliveries
                .withColumn("_values", expr(values))
                .withColumn("_previous", expr("lag(_values) OVER " + window))
                .filter("NOT (_values <=> _previous) AND NOT (_deleted AND _previous IS NULL)")
                .withColumn("valid_from", col("_business_date"))
                .withColumn("valid_to", expr("lead(_business_date) OVER " + window))
                .filter("NOT _deleted")
                .withColumn("is_current", expr("valid_to IS NULL"))
                .drop("_values", "_previous", "_deleted");
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(n -> col("`" + n + "`")).toArray(Column[]::new);
    }

    private static scala.collection.Seq<String> seq(List<String> names) {
        return scala.collection.JavaConverters.asScalaBuffer(names).toSeq();
    }
}
