package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.ingest.BronzeTable;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What a source said of a table of silver: which of its rows counts for a key and a day, which keys it gave up, and what goes or stays where
 * a delivery holds it no more. A night and {@code remap} ask here alike.
 */
final class Statements {

    /** What tells rows apart, whatever became of them. */
    static final List<String> ORIGIN = List.of("_extract_id", "_line");

    private final Night night;
    private final String source;
    private final TableContract contract;
    private final Fill fill;

    Statements(Night night, String source, TableContract contract, Fill fill) {
        this.night = night;
        this.source = source;
        this.contract = contract;
        this.fill = fill;
    }

    /** Whether the source knows its rows by another key than the table. */
    boolean hasOtherKey() {
        return hasOtherKey(fill, sourceTable(), contract);
    }

    static boolean hasOtherKey(Fill fill, SourceTable from, TableContract contract) {
        return !fill.derived()
                && !from.key().isEmpty()
                && !contract.key().stream()
                        .allMatch(k -> k.equals("source") || from.key().contains(k));
    }

    /**
     * Rows with their places among those of their key, {@code _rank}, and whether the source told them anew, {@code _old}: such a row says
     * nothing of the key that it had before.
     *
     * @param byDay    whether every day has its winner, and not the last one alone
     * @param replaced ids of extracts of which the place was taken by another one
     */
    Dataset<Row> ranked(Dataset<Row> checked, boolean byDay, Set<String> replaced) {
        boolean isByDay = byDay || contract.shape() == Shape.HISTORY;
        String until = hasOtherKey()
                ? "IF(exists(_row._key, k -> k IS NULL), NULL, lead(_row._business_date) OVER (PARTITION BY _row._key, _rule IS NULL ORDER BY _row))"
                : "CAST(NULL AS date)";
        String old = contract.shape() == Shape.HISTORY
                ? "coalesce(_until <= _row._business_date, false)"
                : "_until IS NOT NULL";
        String day = isByDay ? ", _row._business_date" : "";
        // Of the row's identity only what silver carries is kept: the rows are held in memory column by column.
        // A column that differs comes first, for a sort compares the starts of the first one; almost all rows are good.
        return checked.withColumn("_until", expr(until))
                .withColumn(
                        "_old",
                        replaced.isEmpty()
                                ? expr(old)
                                : expr(old).or(col("_row._extract_id").isInCollection(replaced)))
                .withColumn(
                        "_rank",
                        expr("row_number() OVER (PARTITION BY " + quoted(ownKey()) + day
                                + ", _rule IS NULL, _old ORDER BY _row DESC)"))
                .withColumn("_extract_id", expr("_row._extract_id"))
                .withColumn("_line", expr("_row._line"))
                .withColumn("_business_date", expr("_row._business_date"))
                .drop("_row");
    }

    /** The good rows that count, and of a table with history the days on which the source told a row anew under another key. */
    Dataset<Row> winners(Dataset<Row> ranked, Map<String, Boolean> initial) {
        Dataset<Row> good = ranked.filter("_rank = 1 AND _rule IS NULL AND NOT _old");
        Dataset<Row> winners = good.select(columns(initial));
        if (contract.shape() != Shape.HISTORY || !hasOtherKey()) {
            return winners;
        }
        List<String> day = new ArrayList<>(ownKey());
        day.add("_business_date");
        return winners.unionByName(good.filter("_until IS NOT NULL AND NOT _deleted")
                .withColumn("_business_date", col("_until"))
                .withColumn("_deleted", lit(true))
                .join(winners, seq(day), "left_anti")
                .dropDuplicates(day.toArray(String[]::new))
                .select(columns(initial)));
    }

    /**
     * What extracts say, put in the order of their business dates: unchanged rows and deletions left no mark in the table, so its own
     * dates do not tell that something newer is known. A key that a later full delivery does not hold was deleted on that day; a row in
     * quarantine is there.
     *
     * @param winners the good rows of each key and day
     * @param ranked  all rows of the same keys of the source
     * @param said    extracts among those that they come from, of which a full delivery says what is gone
     */
    Dataset<Row> inTheirOrder(Dataset<Row> winners, Dataset<Row> ranked, List<Extract> said) {
        String key = quoted(ownKey());
        Dataset<Row> all = winners;
        String fulls = said.stream()
                .filter(e -> e.mode().equals("full") && e.isWhole())
                .map(e -> "DATE'" + e.businessDate() + "'")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!fulls.isEmpty()) {
            Dataset<Row> ends = ranked.filter("_rank = 1")
                    .withColumn(
                            "_next",
                            expr("lead(_business_date) OVER (PARTITION BY " + key + " ORDER BY _business_date)"))
                    .withColumn(
                            "_missing", expr("element_at(filter(array(" + fulls + "), f -> f > _business_date), 1)"))
                    .filter(
                            "NOT _deleted AND _rule IS NULL AND _missing IS NOT NULL AND (_next IS NULL OR _next > _missing)")
                    .withColumn("_business_date", col("_missing"))
                    .withColumn("_deleted", lit(true))
                    .select(columns(Map.of()));
            all = all.unionByName(ends);
        }
        return contract.shape() == Shape.HISTORY
                ? all
                : all.withColumn(
                                "_newest",
                                expr("row_number() OVER (PARTITION BY " + key + " ORDER BY _business_date DESC)"))
                        .filter("_newest = 1")
                        .drop("_newest");
    }

    /**
     * True if a row of the source that was delivered before may now be another row of the table: it changed, and the
     * table's key is not the source's own.
     */
    boolean mayMove(List<Extract> extracts) {
        return hasOtherKey() && extracts.stream().anyMatch(e -> e.mode().equals("delta") && !e.initial());
    }

    /**
     * Deletions of the rows that an earlier state of a changed source row left under a key that it no longer has. They are
     * found by where they came from: extract and line.
     */
    Dataset<Row> moved(Dataset<Row> ranked, Dataset<Row> winners, List<Extract> extracts) {
        List<String> ids = extracts.stream().map(Extract::id).toList();
        Dataset<Row> bronze = night.lake().read(BronzeTable.contract(source, fill.from(), sourceTable(), List.of()));
        Dataset<Row> good = ranked.filter("_rule IS NULL").select("_extract_id", "_line");
        Column fresh = col("_extract_id").isInCollection(ids);
        Column[] key = sourceTable().key().stream().map(k -> col("`" + k + "`")).toArray(Column[]::new);
        Dataset<Row> changed =
                bronze.filter(fresh).join(good, seq(ORIGIN), "left_semi").select(key);
        Dataset<Row> before = bronze.filter(not(fresh))
                .join(changed, seq(sourceTable().key()), "left_semi")
                .select("_extract_id", "_line");
        String date = extracts.stream()
                .map(Extract::businessDate)
                .max(String::compareTo)
                .orElseThrow();
        return night.lake()
                .read(contract.name())
                .filter((contract.shape() == Shape.HISTORY ? "is_current AND " : "") + "source = '" + source + "'")
                .join(before, seq(ORIGIN), "left_semi")
                .join(winners, seq(contract.key()), "left_anti")
                .withColumn("_business_date", lit(Date.valueOf(date)))
                .withColumn("_deleted", lit(true))
                .select(names(winners));
    }

    /** What the table holds of the keys that a full delivery has in quarantine: they are there, and stay as they were. */
    Dataset<Row> kept(Dataset<Row> ranked, Dataset<Row> winners) {
        List<String> key = ownKey();
        Column[] columns = key.stream().map(k -> col("`" + k + "`")).toArray(Column[]::new);
        boolean isHistory = contract.shape() == Shape.HISTORY;
        Dataset<Row> there = night.lake()
                .read(contract.name())
                .filter((isHistory ? "is_current AND " : "") + "source = '" + source + "'");
        return (isHistory ? there.withColumn("_business_date", col("valid_from")) : there)
                .join(ranked.filter("_rule IS NOT NULL").select(columns).distinct(), seq(key), "left_semi")
                .join(winners, seq(contract.key()), "left_anti")
                .withColumn("_deleted", lit(false))
                .select(names(winners));
    }

    /** The table's own columns, where each row came from, and since when it is known. */
    Column[] columns(Map<String, Boolean> initial) {
        List<Column> columns = new ArrayList<>();
        contract.ownColumns().forEach(c -> columns.add(col(c.name())));
        columns.add(lit(source).as("source"));
        columns.add(col("_extract_id"));
        columns.add(col("_line"));
        columns.add(col("_business_date"));
        columns.add(knownOn(initial));
        columns.add(col("_deleted"));
        return columns.toArray(Column[]::new);
    }

    /**
     * The night that took the row in: a late file for an earlier date was not known on that date. What the very first
     * delivery of a table holds was known to the ERP before, on the day of the event for all that anybody can tell.
     */
    private Column knownOn(Map<String, Boolean> initial) {
        List<String> first = initial.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (first.isEmpty() || contract.eventTime() == null) {
            return lit(Date.valueOf(night.date())).as("_known_on");
        }
        String ids = first.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        String event =
                "least(coalesce(CAST(`%s` AS date), _business_date), _business_date)".formatted(contract.eventTime());
        return expr("IF(_extract_id IN (%s), %s, DATE'%s')".formatted(ids, event, night.date()))
                .as("_known_on");
    }

    private SourceTable sourceTable() {
        return night.systems().get(source).tables().get(fill.from());
    }

    /** The columns of the table's key but for the source, which is the same for all rows of a fill. */
    List<String> ownKey() {
        return contract.key().stream().filter(k -> !k.equals("source")).toList();
    }

    static String quoted(List<String> names) {
        return names.stream().map(k -> "`" + k + "`").collect(Collectors.joining(", "));
    }

    private static Column[] names(Dataset<Row> rows) {
        return Arrays.stream(rows.columns()).map(c -> col("`" + c + "`")).toArray(Column[]::new);
    }

    static Seq<String> seq(List<String> names) {
        return JavaConverters.asScalaBuffer(names).toSeq();
    }
}
