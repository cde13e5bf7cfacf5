package io.millrace.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a table of silver would have to change to say what a source's rows say today, which differs from what it says where their mapping was
 * corrected since. Rows of other sources stay.
 */
public final class Difference {

    private final Lake lake;
    private final TableContract contract;
    private final List<String> key;
    private final Dataset<Row> operations;

    private Difference(Lake lake, TableContract contract, List<String> key, Dataset<Row> operations) {
        this.lake = lake;
        this.contract = contract;
        this.key = key;
        this.operations = operations;
    }

    /**
     * @param statements all that a source ever said, as for {@link Lake#merge}: of a table with history at most one row for each key and
     *                   business date, of others one for each key
     * @param source     the one whose rows are compared, or null for every row of the table
     */
    static Difference of(Lake lake, TableContract contract, Dataset<Row> statements, String source) {
        boolean isHistory = contract.shape() == Shape.HISTORY;
        List<String> key = isHistory ? contract.primaryKey() : contract.key();
        Dataset<Row> now = isHistory
                ? new HistoryMerge(lake, contract).rebuilt(statements)
                : statements.filter("NOT _deleted").drop("_deleted");
        String differs = contract.columns().stream()
                .map(ColumnContract::name)
                .filter(c -> !key.contains(c) && !c.startsWith("_") && (source == null || !c.equals("source")))
                .map(c -> "NOT (s.`%1$s` <=> t.`%1$s`)".formatted(c))
                .collect(Collectors.joining(" OR "));
        String first = "`" + key.get(0) + "`";
        // A row that another source holds under the same key is its own.
        String foreign = source == null ? "" : " WHEN t.source <> '" + source + "' THEN NULL";
        String operation = "CASE WHEN t." + first + " IS NULL THEN 'I'" + foreign + " WHEN s." + first
                + " IS NULL THEN 'D' WHEN " + differs + " THEN 'U' END";
        Dataset<Row> operations = now.as("s")
                .join(lake.read(contract.name()).as("t"), expr(KeyedMerge.on("t", "s", key)), "full")
                .withColumn(KeyedMerge.OPERATION, expr(operation))
                .filter(col(KeyedMerge.OPERATION).isNotNull())
                .select(
                        col(KeyedMerge.OPERATION),
                        struct(columns(contract, "s")).as("now"),
                        struct(columns(contract, "t")).as("before"));
        return new Difference(lake, contract, key, operations);
    }

    private static Column[] columns(TableContract contract, String alias) {
        return contract.columns().stream()
                .map(c -> col(alias + ".`" + c.name() + "`"))
                .toArray(Column[]::new);
    }

    /** The same for the entities alone of which a row comes from one of {@code lines}: extract and line. */
    public Difference touchedBy(Dataset<Row> lines) {
        List<String> entity = contract.key();
        Dataset<Row> keys = operations
                .filter("_operation <> 'D'")
                .join(lines, expr("now._extract_id = _extract_id AND now._line = _line"), "left_semi")
                .select(entity.stream()
                        .map(k -> col("now.`" + k + "`").as("k_" + k))
                        .toArray(Column[]::new))
                .distinct();
        String on = entity.stream()
                .map(k -> "coalesce(now.`%1$s`, before.`%1$s`) <=> k_%1$s".formatted(k))
                .collect(Collectors.joining(" AND "));
        return new Difference(lake, contract, key, operations.join(keys, expr(on), "left_semi"));
    }

    /** {@code _operation} (I, U or D), {@code now} and {@code before}, rows of the table. */
    public Dataset<Row> rows() {
        return operations;
    }

    /** The table's own columns that may differ in a row that stays. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        contract.columns().stream()
                .map(ColumnContract::name)
                .filter(c -> !key.contains(c) && !c.startsWith("_") && !c.equals("source"))
                .forEach(columns::add);
        return columns;
    }

    /** Writes it. What was known before stays known since then. */
    public Merged apply(Once once) {
        String pick = "IF(_operation = 'D', before.`%1$s`, now.`%1$s`) AS `%1$s`";
        Column[] columns = contract.columns().stream()
                .map(c -> expr(
                        c.name().equals("_known_on")
                                ? "coalesce(before._known_on, now._known_on) AS _known_on"
                                : pick.formatted(c.name())))
                .toArray(Column[]::new);
        Column[] all = java.util.Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = col(KeyedMerge.OPERATION);
        return lake.once(contract.name(), once)
                .orElseGet(() -> new KeyedMerge(lake, contract).apply(operations.select(all), key, once));
    }
}
