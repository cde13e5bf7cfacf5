package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.database.Database;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Volume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Every key of a table with its compared values, in the source and in bronze, joined where Spark has room for them. What is gone in the source
 * was deleted; what differs changed behind the watermark's back.
 */
final class KeyComparison {

    /** Changed rows up to which each is asked for by its key; of more of them the whole table is read once more, and the others are left. */
    private static final int ASKED_BY_KEY = 10_000;

    private static final int KEYS_A_QUERY = 500;

    /** Ranges of ordinals behind those of the rows above the watermark, of which there are as many as readers: of what changed, and of what is gone. */
    private static final int CHANGED_RANGE = 10_000;

    private static final int GONE_RANGE = 2 * CHANGED_RANGE;

    private static final String GONE = "_gone";
    private static final String CHANGED = "_changed";

    private final Night night;
    private final Database database;
    private final String source;
    private final String name;
    private final SourceTable table;
    private final Queries queries;
    private final Split.Stamp stamp;

    KeyComparison(
            Night night,
            Database database,
            String source,
            String name,
            SourceTable table,
            Queries queries,
            Split.Stamp stamp) {
        this.night = night;
        this.database = database;
        this.source = source;
        this.name = name;
        this.table = table;
        this.queries = queries;
        this.stamp = stamp;
    }

    /**
     * The rows that changed, as they are now, and those that are gone, as they were last known and marked as deleted; none if all is as it was.
     *
     * @param columns   of bronze
     * @param notations columns of bronze with a notation of their own
     * @param whole     how to read some columns of the whole table
     * @throws Failure of kind DATA if more is gone than may go at a time: an empty replica, or one that is being restored, is no deletion of everything
     */
    Optional<Intake.Compared> rows(
            List<String> columns, Set<String> notations, Function<List<String>, List<Split>> whole) {
        Dataset<Row> compared = compared(whole).persist();
        boolean isKept = false;
        try {
            Row counts = compared.agg(
                            count(when(not(col("_is_new")), true)),
                            count(when(col(GONE), true)),
                            count(when(col(CHANGED), true)))
                    .first();
            long gone = counts.getLong(1);
            long changed = counts.getLong(2);
            requirePlausible(counts.getLong(0), gone);
            List<Dataset<Row>> rows = new ArrayList<>();
            if (changed > ASKED_BY_KEY) {
                Dataset<Row> all = SplitRows.of(spark(), whole.apply(columns), columns, notations);
                rows.add(with(all, compared.filter(CHANGED))
                        .withColumn("_line", col("_line").plus(QuerySplit.first(CHANGED_RANGE))));
            } else if (changed > 0) {
                List<Split> splits = byKey(keys(compared.filter(CHANGED)), columns);
                rows.add(SplitRows.of(spark(), splits, columns, notations));
            }
            if (gone > 0) {
                rows.add(gone(columns, compared.filter(GONE)));
            }
            isKept = !rows.isEmpty();
            return rows.stream().reduce(Dataset::unionByName).map(all -> new Intake.Compared(all, compared));
        } finally {
            if (!isKept) {
                compared.unpersist();
            }
        }
    }

    /** Each key of either side: whether it is new in the source, gone from it, or there with other values (or new). */
    private Dataset<Row> compared(Function<List<String>, List<Split>> whole) {
        Set<String> wanted = new LinkedHashSet<>(table.key());
        wanted.addAll(table.compare());
        List<String> columns = List.copyOf(wanted);
        Column values =
                array(table.compare().stream().map(KeyComparison::quoted).toArray(Column[]::new));
        Dataset<Row> was = current().select(keysAnd(values, "_was")).as("was");
        Dataset<Row> is = SplitRows.of(spark(), whole.apply(columns), columns, Set.of())
                .select(keysAnd(values, "_is"))
                .as("is");
        List<Column> selected = new ArrayList<>();
        table.key()
                .forEach(k -> selected.add(
                        coalesce(col("was.`" + k + "`"), col("is.`" + k + "`")).as(k)));
        selected.add(col("_was").isNull().as("_is_new"));
        selected.add(col("_is").isNull().as(GONE));
        selected.add(col("_is")
                .isNotNull()
                .and(not(col("_was").eqNullSafe(col("_is"))))
                .as(CHANGED));
        return was.join(is, sameKeys("was", "is"), "full_outer").select(selected.toArray(Column[]::new));
    }

    private Column[] keysAnd(Column values, String name) {
        List<Column> columns = new ArrayList<>();
        table.key().forEach(k -> columns.add(quoted(k)));
        columns.add(values.as(name));
        return columns.toArray(Column[]::new);
    }

    private Column sameKeys(String left, String right) {
        return table.key().stream()
                .map(k -> col(left + ".`" + k + "`").eqNullSafe(col(right + ".`" + k + "`")))
                .reduce(Column::and)
                .orElseThrow();
    }

    private Dataset<Row> with(Dataset<Row> rows, Dataset<Row> keys) {
        return rows.as("row").join(keys.as("wanted"), sameKeys("row", "wanted"), "left_semi");
    }

    private void requirePlausible(long there, long gone) {
        Volume volume = night.settings().sources().get(source).volume();
        if (volume.isTooMuch(there, gone) && !volume.isAccepted(name)) {
            throw Failure.data(volume.tooMuch(source + "." + name, there, gone));
        }
    }

    /** The rows that bronze holds as not deleted, each as it was delivered last. */
    private Dataset<Row> current() {
        return night.lake()
                .read(BronzeTable.contract(source, name, table, List.of()))
                .withColumn(
                        "_latest",
                        expr("row_number() OVER (PARTITION BY " + keyList()
                                + " ORDER BY _business_date DESC, _delivery DESC, _op, _line DESC)"))
                .filter("_latest = 1 AND _op <> 'D'");
    }

    /** What was last known of the rows that are gone, so that the deletion still says which row of silver it concerns. */
    private Dataset<Row> gone(List<String> columns, Dataset<Row> keys) {
        List<Column> selected = new ArrayList<>(stamp.deleted().columns());
        selected.add(expr("row_number() OVER (ORDER BY " + keyList() + ")")
                .cast("bigint")
                .plus(QuerySplit.first(GONE_RANGE) - 1)
                .as("_line"));
        selected.add(lit(null).cast("string").as("_malformed"));
        selected.add(col("_typed"));
        columns.forEach(c -> selected.add(quoted(c)));
        return with(current(), keys).select(selected.toArray(Column[]::new));
    }

    private List<List<String>> keys(Dataset<Row> rows) {
        Column[] key = table.key().stream().map(KeyComparison::quoted).toArray(Column[]::new);
        return rows.select(key).sort(key).collectAsList().stream()
                .map(row ->
                        IntStream.range(0, key.length).mapToObj(row::getString).toList())
                .toList();
    }

    private List<Split> byKey(List<List<String>> changed, List<String> bronzeColumns) {
        List<String> columns = List.copyOf(table.columns().keySet());
        Map<String, KeyType> types = queries.types(table.key());
        List<KeyType> bound = IntStream.range(0, table.key().size())
                .mapToObj(i -> types.get(table.key().get(i))
                        .orText(changed.stream().map(k -> k.get(i)).toList()))
                .toList();
        String one = IntStream.range(0, bound.size())
                .mapToObj(i -> bound.get(i).isEqual("q." + table.key().get(i)))
                .collect(Collectors.joining(" AND ", "(", ")"));
        List<Split> splits = new ArrayList<>();
        for (int from = 0; from < changed.size(); from += KEYS_A_QUERY) {
            List<List<String>> chunk = changed.subList(from, Math.min(from + KEYS_A_QUERY, changed.size()));
            String condition = chunk.stream().map(k -> one).collect(Collectors.joining(" OR "));
            List<Object> values = new ArrayList<>();
            for (List<String> key : chunk) {
                for (int i = 0; i < bound.size(); i++) {
                    values.addAll(bound.get(i).bound(key.get(i)));
                }
            }
            Queries.Bound asked = queries.select(columns, condition, values);
            splits.add(new QuerySplit(
                    database,
                    queries.what(),
                    asked.sql(),
                    asked.values(),
                    night.settings().jdbc().fetchSize(),
                    QuerySplit.first(CHANGED_RANGE + splits.size()),
                    Intake.targets(columns, bronzeColumns),
                    stamp));
        }
        return splits;
    }

    private String keyList() {
        return table.key().stream().map(k -> "`" + k + "`").collect(Collectors.joining(", "));
    }

    private SparkSession spark() {
        return night.lake().spark();
    }

    private static Column quoted(String name) {
        return col("`" + name + "`");
    }
}
