package io.millrace.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * One row a key. What differs is found first, so that a night without changes commits nothing and one that only adds
 * appends, which costs half of a Delta MERGE.
 */
final class KeyedMerge {

    static final String OPERATION = "_operation";

    private final Lake lake;
    private final TableContract contract;

    KeyedMerge(Lake lake, TableContract contract) {
        this.lake = lake;
        this.contract = contract;
    }

    Merged merge(Dataset<Row> changes, Removal removal, Once once) {
        if (lake.isEmpty(contract.name())) {
            Dataset<Row> rows = changes.filter("NOT _deleted").drop("_deleted");
            return apply(rows.withColumn(OPERATION, lit("I")), contract.key(), once);
        }
        Dataset<Row> operations = operations(changes, removal).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return apply(operations, contract.key(), once);
        } finally {
            operations.unpersist();
        }
    }

    /** Writes rows marked I, U or D under {@code _operation}. */
    Merged apply(Dataset<Row> operations, List<String> key, Once once) {
        Merged merged = counted(operations);
        if (merged.isNothing()) {
            return merged;
        }
        if (merged.updated() + merged.deleted() == 0) {
            lake.once(
                            Schemas.conformed(contract, operations.drop(OPERATION), false)
                                    .write(),
                            once)
                    .option("userMetadata", CommitLog.json(lake.tenure(), merged))
                    .mode(SaveMode.Append)
                    .save(lake.path(contract.name()));
        } else {
            mergeInto(operations, key, once, merged);
        }
        return merged;
    }

    private static Merged counted(Dataset<Row> operations) {
        Map<String, Long> counts = new HashMap<>();
        Map<String, Long> byExtract = new TreeMap<>();
        operations.groupBy(OPERATION, "_extract_id").count().collectAsList().forEach(r -> {
            counts.merge(r.getString(0), r.getLong(2), Long::sum);
            if (r.getString(0).equals("I")) {
                byExtract.put(r.getString(1), r.getLong(2));
            }
        });
        return new Merged(
                counts.getOrDefault("I", 0L), counts.getOrDefault("U", 0L), counts.getOrDefault("D", 0L), byExtract);
    }

    private void mergeInto(Dataset<Row> operations, List<String> key, Once once, Merged merged) {
        Map<String, String> values = contract.columns().stream()
                .collect(Collectors.toMap(ColumnContract::name, c -> "s.`" + c.name() + "`"));
        // MERGE takes its transaction identifier from the session's settings, so it gets a session of its own:
        // another thread's write must not find them.
        SparkSession session = Sessions.another(lake.spark());
        session.conf().set("spark.databricks.delta.write.txnAppId", once.writer());
        session.conf().set("spark.databricks.delta.write.txnVersion", once.number());
        session.conf().set(Lake.SAID, CommitLog.json(lake.tenure(), merged));
        DeltaTable.forPath(session, lake.path(contract.name()))
                .as("t")
                .merge(operations.as("s"), on("t", "s", key))
                .whenMatched("s._operation = 'D'")
                .delete()
                .whenMatched()
                .updateExpr(values)
                .whenNotMatched("s._operation <> 'D'")
                .insertExpr(values)
                .execute();
    }

    private Dataset<Row> operations(Dataset<Row> changes, Removal removal) {
        List<String> key = contract.key();
        Dataset<Row> joined = changes.as("s")
                .join(lake.read(contract.name()).as("t"), expr(on("t", "s", key)), removal == null ? "left" : "full");
        String there = "t.`" + key.get(0) + "` IS NOT NULL";
        String differs = contract.ownColumns().stream()
                .map(c -> "NOT (s.`%1$s` <=> t.`%1$s`)".formatted(c.name()))
                .collect(Collectors.joining(" OR "));
        // A late delivery for an earlier date adds what is missing and overrides nothing newer.
        String operation = "CASE WHEN s._deleted IS NULL THEN "
                + (removal == null ? "NULL" : "IF(" + removal.sql("t") + ", 'D', NULL)")
                + " WHEN NOT (" + there + ") THEN IF(s._deleted, NULL, 'I')"
                + " WHEN s._business_date < t._business_date THEN NULL"
                + " WHEN s._deleted THEN 'D' WHEN " + differs + " THEN 'U' END";
        Column[] columns = contract.columns().stream()
                .map(c -> c.name().equals("_known_on")
                        ? expr("coalesce(t._known_on, s._known_on) AS _known_on")
                        : expr("IF(s._deleted IS NULL, t.`%1$s`, s.`%1$s`) AS `%1$s`".formatted(c.name())))
                .toArray(Column[]::new);
        return joined.withColumn(OPERATION, expr(operation))
                .filter(col(OPERATION).isNotNull())
                .select(concat(columns, col(OPERATION)));
    }

    static String on(String left, String right, List<String> key) {
        return key.stream()
                .map(k -> "%1$s.`%3$s` = %2$s.`%3$s`".formatted(left, right, k))
                .collect(Collectors.joining(" AND "));
    }

    private static Column[] concat(Column[] columns, Column last) {
        Column[] all = java.util.Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = last;
        return all;
    }
}
