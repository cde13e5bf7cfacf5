package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.lake.Difference;
import io.millrace.lake.Once;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Precedence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables of silver that several sources tell of under the same keys. What each of them says is kept in a table of its own beside such a table, so
 * that no source overwrites another one; the table itself is put together of it, attribute by attribute, by the {@link Precedence} of sources. A
 * table that one source tells of is filled at once.
 */
final class SeveralSources {

    private final Night night;
    private final Precedence precedence;

    /** Name of a table of silver → its contract, of those that several sources tell of. */
    private final Map<String, TableContract> tables = new TreeMap<>();

    SeveralSources(Night night) {
        this.night = night;
        this.precedence = new Precedence(night.settings());
        Map<String, Set<String>> tellers = new TreeMap<>();
        night.systems()
                .forEach((source, system) -> system.fills().forEach((target, fill) -> {
                    if (hasTold(night.ledger(), source, fill.from())) {
                        tellers.computeIfAbsent("silver." + target, t -> new TreeSet<>())
                                .add(source);
                    }
                }));
        boolean isAnyRetired = night.ledger().extracts().stream()
                .anyMatch(e ->
                        e.state() == Extract.State.REFINED && !night.systems().containsKey(e.source()));
        ContractCatalog contracts = night.contracts();
        tellers.forEach((name, sources) -> {
            TableContract table = contracts.get(name);
            boolean isTold = !table.key().contains("source")
                    && (sources.size() > 1
                            || night.versions().latest(table.bySource().name()) >= 0
                            || isAnyRetired && isFilledByAnother(name, sources));
            if (isTold) {
                tables.put(name, table);
            }
        });
    }

    private static boolean hasTold(Ledger ledger, String source, String table) {
        return ledger.extracts().stream()
                .filter(e -> e.source().equals(source) && e.table().equals(table))
                .anyMatch(e -> e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED);
    }

    /** Rows of a source that the configuration no longer has are its own all the same. */
    private boolean isFilledByAnother(String table, Set<String> sources) {
        return !night.lake()
                .read(table)
                .filter(not(col("source").isInCollection(sources)))
                .isEmpty();
    }

    /** Names of the tables of silver that several sources tell of. */
    Set<String> tables() {
        return Set.copyOf(tables.keySet());
    }

    /** Where the rows of one source go: to the table, or to the one that keeps what each source says of it. */
    TableContract filled(TableContract table) {
        return tables.containsKey(table.name()) ? table.bySource() : table;
    }

    /** Before a source fills a table for the first time that another one has filled alone: what stands there is what that one says. */
    void separate(String name) {
        TableContract table = night.contracts().get(name);
        TableContract each = filled(table);
        if (!each.equals(table)
                && night.lake().isEmpty(each.name())
                && !night.lake().isEmpty(table.name())) {
            String version = String.valueOf(night.versions().latest(table.name()));
            night.lake()
                    .append(
                            each,
                            night.lake().read(table.name()),
                            Once.of("separate/" + table.name(), List.of(version)));
        }
    }

    /**
     * Puts a table together of what its sources say now. Nothing is written where nothing differs.
     *
     * @param name of a table that several sources tell of
     */
    void combine(String name) {
        TableContract table = tables.get(name);
        TableContract each = table.bySource();
        separate(name);
        Dataset<Row> said = night.lake().read(each.name());
        List<String> tellers = said.select("source").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        if (tellers.isEmpty()) {
            return;
        }
        Difference difference = night.lake().difference(name, together(table, said, tellers), null);
        difference.apply(Once.of(
                "combine/" + name,
                List.of(String.valueOf(night.versions().latest(each.name())), precedence.toString())));
    }

    /** One row for each key, and of a table with history for each day on which a source said something. */
    private Dataset<Row> together(TableContract table, Dataset<Row> said, List<String> tellers) {
        boolean isHistory = table.shape() == Shape.HISTORY;
        List<String> by = new ArrayList<>(table.key());
        Dataset<Row> statements = told(table, said).withColumn("_gone", lit(false));
        if (isHistory) {
            by.add("_day");
            List<String> start = new ArrayList<>(by);
            start.add("source");
            Dataset<Row> starts = statements.withColumn("_day", col("valid_from"));
            Dataset<Row> ends = statements
                    .filter("valid_to IS NOT NULL")
                    .withColumn("_day", col("valid_to"))
                    .withColumn("_gone", lit(true));
            statements = starts.unionByName(ends.join(starts, Statements.seq(start), "left_anti"));
        }
        Column[] bySource = IntStream.range(0, tellers.size())
                .mapToObj(i -> expr("first(IF(source = '%s', struct(_gone, _told), NULL), true) AS _said%d"
                        .formatted(tellers.get(i), i)))
                .toArray(Column[]::new);
        Dataset<Row> rows = statements
                .groupBy(by.stream().map(k -> col("`" + k + "`")).toArray(Column[]::new))
                .agg(bySource[0], Arrays.copyOfRange(bySource, 1, bySource.length));
        String until = isHistory
                ? "last(_said%1$d, true) OVER (PARTITION BY " + Statements.quoted(table.key()) + " ORDER BY _day)"
                : "_said%1$d";
        for (int i = 0; i < tellers.size(); i++) {
            String standing = until.formatted(i);
            rows = rows.withColumn("_of" + i, expr("IF((%1$s)._gone, NULL, (%1$s)._told)".formatted(standing)));
        }
        return rows.select(columns(table, tellers, isHistory).toArray(Column[]::new));
    }

    /** The row as it is, beside its key and its source. */
    private static Dataset<Row> told(TableContract table, Dataset<Row> said) {
        String row = table.columns().stream()
                .filter(c -> !TableContract.VALIDITY.contains(c))
                .map(c -> "`" + c.name() + "`")
                .collect(Collectors.joining(", ", "struct(", ")"));
        return said.withColumn("_told", expr(row));
    }

    private List<Column> columns(TableContract table, List<String> tellers, boolean isHistory) {
        List<Column> columns = new ArrayList<>();
        table.key().forEach(k -> columns.add(col("`" + k + "`")));
        for (ColumnContract c : table.ownColumns()) {
            if (!table.key().contains(c.name())) {
                String values = of(precedence.order(table, c.name(), tellers), tellers, c.name());
                String sql = precedence.isAny(table, c.name())
                        ? "array_max(array(" + values + "))"
                        : "coalesce(" + values + ")";
                columns.add(expr(sql + " AS `" + c.name() + "`"));
            }
        }
        List<String> order = precedence.order(table, "source", tellers);
        String leads = "coalesce(" + of(order, tellers, null) + ")";
        for (String c : List.of("source", "_extract_id", "_line")) {
            columns.add(expr(leads + "." + c + " AS " + c));
        }
        columns.add(isHistory ? col("_day").as("_business_date") : expr(leads + "._business_date AS _business_date"));
        columns.add(expr("array_min(array(" + of(order, tellers, "_known_on") + ")) AS _known_on"));
        columns.add(expr(leads + " IS NULL AS _deleted"));
        return columns;
    }

    /** The column of each source in an order, or the whole rows for null. */
    private static String of(List<String> order, List<String> tellers, String column) {
        return order.stream()
                .map(source -> "_of" + tellers.indexOf(source) + (column == null ? "" : ".`" + column + "`"))
                .collect(Collectors.joining(", "));
    }
}
