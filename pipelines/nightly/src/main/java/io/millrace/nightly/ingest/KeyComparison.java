package io.millrace.nightly.ingest;

import static org.apache.spark.sql.functions.col;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.database.Database;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Every key of a table with its compared values, in the source and in bronze. What is gone in the source was deleted;
 * what differs changed behind the watermark's back.
 */
final class KeyComparison {

    private static final int KEYS_A_QUERY = 500;

    private final Night night;
    private final Database database;
    private final String source;
    private final String name;
    private final SourceTable table;
    private final Queries queries;

    KeyComparison(Night night, Database database, String source, String name, SourceTable table, Queries queries) {
        this.night = night;
        this.database = database;
        this.source = source;
        this.name = name;
        this.table = table;
        this.queries = queries;
    }

    List<Split> splits(List<String> columns, int[] targets, Split.Stamp stamp) {
        Map<List<String>, List<String>> known = known();
        int there = known.size();
        List<List<String>> changed = new ArrayList<>();
        List<String> compared = new ArrayList<>(table.key());
        compared.addAll(table.compare());
        int keys = table.key().size();
        queries.stream(
                queries.select(compared, "", List.of()), night.settings().jdbc().fetchSize(), row -> {
                    List<String> key = Arrays.asList(Arrays.copyOf(row, keys));
                    List<String> values = Arrays.asList(Arrays.copyOfRange(row, keys, row.length));
                    List<String> before = known.remove(key);
                    if (before == null || !before.equals(values)) {
                        changed.add(key);
                    }
                });
        requirePlausible(there, known.size());
        List<Split> splits = new ArrayList<>(changedSplits(changed, columns, targets, stamp));
        if (!known.isEmpty()) {
            splits.add(new RowSplit(lastRows(known, columns), targets, stamp.deleted()));
        }
        return splits;
    }

    /** An empty replica, or one that is being restored, is no deletion of everything. */
    private void requirePlausible(int there, int gone) {
        Volume volume = night.settings().sources().get(source).volume();
        if (volume.isTooMuch(there, gone) && !volume.isAccepted(name)) {
            throw Failure.data(volume.tooMuch(source + "." + name, there, gone));
        }
    }

    /** Key → compared values of the rows that bronze holds as not deleted. */
    private Map<List<String>, List<String>> known() {
        List<String> wanted = new ArrayList<>(table.key());
        wanted.addAll(table.compare());
        Map<List<String>, List<String>> known = new HashMap<>();
        for (Row row : current().select(columns(wanted)).collectAsList()) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                all.add(row.getString(i));
            }
            known.put(
                    all.subList(0, table.key().size()), all.subList(table.key().size(), all.size()));
        }
        return known;
    }

    private Dataset<Row> current() {
        String keys = String.join(", ", table.key());
        return night.lake()
                .read(BronzeTable.contract(source, name, table, List.of()))
                .withColumn(
                        "_latest",
                        org.apache.spark.sql.functions.expr("row_number() OVER (PARTITION BY " + keys
                                + " ORDER BY _business_date DESC, _delivery DESC, _op, _line DESC)"))
                .filter("_latest = 1 AND _op <> 'D'");
    }

    private List<Split> changedSplits(
            List<List<String>> changed, List<String> columns, int[] targets, Split.Stamp stamp) {
        List<Split> splits = new ArrayList<>();
        String one = "("
                + String.join(
                        " AND ",
                        table.key().stream()
                                .map(k -> "CAST(q." + k + " AS varchar(200)) = ?")
                                .toList()) + ")";
        for (int from = 0; from < changed.size(); from += KEYS_A_QUERY) {
            List<List<String>> chunk = changed.subList(from, Math.min(from + KEYS_A_QUERY, changed.size()));
            String condition = String.join(" OR ", chunk.stream().map(k -> one).toList());
            List<Object> values = new ArrayList<>();
            chunk.forEach(values::addAll);
            Queries.Bound bound = queries.select(columns, condition, values);
            splits.add(new QuerySplit(
                    database,
                    queries.what(),
                    bound.sql(),
                    bound.values(),
                    night.settings().jdbc().fetchSize(),
                    1_000_000_000_000L + from,
                    targets,
                    stamp));
        }
        return splits;
    }

    /** What was last known of the rows that are gone, so that the deletion still says which row of silver it concerns. */
    private List<String[]> lastRows(Map<List<String>, List<String>> gone, List<String> columns) {
        Map<List<String>, String[]> rows = new LinkedHashMap<>();
        List<Row> keys =
                gone.keySet().stream().map(k -> RowFactory.create(k.toArray())).toList();
        Dataset<Row> wanted = night.lake()
                .spark()
                .createDataFrame(keys, current().select(columns(table.key())).schema());
        for (Row row : current()
                .join(
                        wanted,
                        scala.collection.JavaConverters.asScalaBuffer(table.key())
                                .toSeq(),
                        "left_semi")
                .select(columns(columns))
                .collectAsList()) {
            String[] values = new String[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getString(i);
            }
            rows.put(Arrays.asList(values), values);
        }
        return new ArrayList<>(rows.values());
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(n -> col("`" + n + "`")).toArray(Column[]::new);
    }
}
