package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.lake.Difference;
import io.millrace.lake.Once;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Maps anew what bronze holds of one fill, and brings silver, quarantine and accounts to it. All that a source ever said is put in the
 * order of its business dates, so what comes out is what would be there had the mapping always been the present one.
 */
final class RemapTask implements AutoCloseable {

    private static final int EXAMPLES = 3;

    /** Changed rows among which examples are looked for. */
    private static final int LOOKED_AT = 1000;

    private final Night night;
    private final FillTask task;
    private final TableContract contract;
    private final List<Extract> extracts;
    private final Dataset<Row> standing;
    private final boolean isRedrive;
    private final Deque<Dataset<Row>> kept = new ArrayDeque<>();

    /**
     * @param extracts of the table that drives the fill, all that were refined up to the night's date
     * @param only     condition on rows of ops.quarantine which alone are given another chance, or null for every row of bronze
     */
    RemapTask(Night night, FillTask task, List<Extract> extracts, String only) {
        this.night = night;
        this.task = task;
        this.contract = night.contracts().get(task.table());
        this.extracts = current(extracts);
        this.isRedrive = only != null;
        this.standing = night.lake()
                .read("ops.quarantine")
                .filter(col("table_name")
                        .equalTo(contract.name())
                        .and(col("source").equalTo(task.source())))
                .filter("redriven_on IS NULL AND rule <> 'readable'")
                .filter(only == null ? "true" : only)
                .select(col("extract_id").as("_extract_id"), col("line").as("_line"))
                .distinct();
    }

    /** A part of a full delivery that was delivered anew at its place says nothing any more. */
    private static List<Extract> current(List<Extract> extracts) {
        Map<List<String>, Long> newest = new HashMap<>();
        extracts.forEach(e -> newest.merge(place(e), e.delivery(), Math::max));
        return extracts.stream()
                .filter(e -> e.mode().equals("delta") || newest.get(place(e)) == e.delivery())
                .toList();
    }

    private static List<String> place(Extract e) {
        return List.of(e.businessDate(), e.location());
    }

    /**
     * What a mapping changes.
     *
     * @param inserted rows of the table that are new
     * @param updated  rows that took other values
     * @param deleted  rows that go
     * @param freed    rows that leave quarantine
     * @param refused  rows that go to quarantine
     * @param examples column → some changes of it
     */
    record Changed(
            String table,
            long inserted,
            long updated,
            long deleted,
            long freed,
            long refused,
            Map<String, List<String>> examples) {

        boolean isNothing() {
            return inserted + updated + deleted + freed + refused == 0;
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %,d rows new, %,d changed, %,d gone; %,d leave quarantine, %,d go there",
                    table,
                    inserted,
                    updated,
                    deleted,
                    freed,
                    refused));
            examples.forEach((column, some) -> lines.add("  %s: %s".formatted(column, String.join(", ", some))));
            return lines;
        }
    }

    /** What would change, without changing it. */
    Changed look() {
        return changed(difference(), bad());
    }

    /** Changes it, and accounts for every row. */
    Changed run() {
        Difference difference = difference();
        Dataset<Row> bad = bad();
        Changed changed = changed(difference, bad);
        Map<String, Long> freed = byExtract(freed(bad));
        Map<String, Long> refused = byExtract(refused(bad));
        Map<String, Long> fresh =
                byExtract(difference.rows().filter("_operation = 'I'").select("now._extract_id"));
        Map<String, Long> gone =
                byExtract(difference.rows().filter("_operation = 'D'").select("before._extract_id"));
        List<String> content = new ArrayList<>(List.of(task.mapping(), night.runId(), String.valueOf(isRedrive)));
        difference.apply(Once.of("remap/" + task.source(), content));
        if (!refused.isEmpty()) {
            List<Row> rows = new Quarantine(night, task.source(), task.fill().from(), contract.name())
                    .rows(ranked().join(refused(bad), seq(), "left_semi"), refused.keySet());
            night.lake()
                    .appendRows(
                            "ops.quarantine", rows, Once.of("remap/" + task.source() + "/" + contract.name(), content));
        }
        if (!freed.isEmpty()) {
            night.lake()
                    .update(
                            "ops.quarantine",
                            freed(bad)
                                    .withColumnRenamed("_extract_id", "extract_id")
                                    .withColumnRenamed("_line", "line"),
                            "t.table_name = '" + contract.name() + "' AND t.redriven_on IS NULL",
                            Map.of("redriven_on", "DATE'" + night.date() + "'"));
        }
        account(fresh, gone, freed, refused);
        return changed;
    }

    private void account(
            Map<String, Long> fresh, Map<String, Long> gone, Map<String, Long> freed, Map<String, Long> refused) {
        for (Extract e : extracts) {
            long quarantined = e.rowsQuarantined() - freed.getOrDefault(e.id(), 0L) + refused.getOrDefault(e.id(), 0L);
            long silver = e.rowsSilver() + fresh.getOrDefault(e.id(), 0L) - gone.getOrDefault(e.id(), 0L);
            silver = Math.max(0, Math.min(silver, e.rowsBronze() - quarantined));
            Extract after = e.refined(
                    silver,
                    e.rowsBronze() - silver - quarantined,
                    quarantined,
                    isRedrive ? e.mapping() : task.mapping());
            if (!after.equals(e)) {
                night.ledger().record(after);
            }
        }
    }

    private Dataset<Row> ranked;

    private Dataset<Row> ranked() {
        if (ranked == null) {
            SourceViews views =
                    new SourceViews(night.lake(), task.source(), night.systems().get(task.source()), full());
            Dataset<Row> mapped = views.select(contract.table(), task.fill(), ids(), List.of(), Map.of());
            ranked = keep(task.ranked(new RowChecks(night.lake(), contract).apply(mapped), true));
        }
        return ranked;
    }

    private Map<String, java.time.LocalDate> full() {
        return new FullDeliveries(night, task.source(), night.systems().get(task.source()), List.of()).newest();
    }

    private Difference difference() {
        Dataset<Row> good = ranked().filter("_rank = 1 AND _rule IS NULL").select(task.columns(Map.of()));
        Dataset<Row> said = task.inTheirOrder(task.hasOtherKey() ? byTheirOwnKeys(good) : good, ranked(), extracts);
        Difference difference = night.lake().difference(contract.name(), said, task.source());
        return isRedrive ? difference.touchedBy(standing) : difference;
    }

    /** A row of the source that was told anew says nothing of the code that it had before, from that day on. */
    private Dataset<Row> byTheirOwnKeys(Dataset<Row> good) {
        SourceViews views =
                new SourceViews(night.lake(), task.source(), night.systems().get(task.source()), Map.of());
        Dataset<Row> told = good.join(views.until(task.fill().from(), ids()), seq(), "left");
        Dataset<Row> last = told.filter("_until IS NULL").drop("_until");
        if (contract.shape() != Shape.HISTORY) {
            return last.select(columns(List.of(good.columns())));
        }
        Dataset<Row> ends = told.filter("_until IS NOT NULL AND NOT _deleted")
                .withColumn("_business_date", col("_until"))
                .withColumn("_deleted", lit(true));
        List<String> day = new ArrayList<>(contract.key());
        day.add("_business_date");
        return good.unionByName(ends.join(good.select(columns(day)), scala(day), "left_anti")
                .select(columns(List.of(good.columns())))
                .dropDuplicates(day.toArray(String[]::new)));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(c -> col("`" + c + "`")).toArray(Column[]::new);
    }

    /** Extract and line of each row that breaks a rule now. */
    private Dataset<Row> bad() {
        return ranked().filter("_rule IS NOT NULL").select("_extract_id", "_line");
    }

    private Dataset<Row> freed(Dataset<Row> bad) {
        return standing.filter(col("_extract_id").isInCollection(ids())).join(bad, seq(), "left_anti");
    }

    /** Only a mapping as a whole sends rows to quarantine that were not there. */
    private Dataset<Row> refused(Dataset<Row> bad) {
        return isRedrive ? bad.limit(0) : bad.join(standing, seq(), "left_anti");
    }

    private Changed changed(Difference difference, Dataset<Row> bad) {
        Map<String, Long> counts = new HashMap<>();
        difference
                .rows()
                .groupBy("_operation")
                .count()
                .collectAsList()
                .forEach(r -> counts.put(r.getString(0), r.getLong(1)));
        return new Changed(
                contract.name(),
                counts.getOrDefault("I", 0L),
                counts.getOrDefault("U", 0L),
                counts.getOrDefault("D", 0L),
                freed(bad).count(),
                refused(bad).count(),
                counts.containsKey("U") ? examples(difference) : Map.of());
    }

    private Map<String, List<String>> examples(Difference difference) {
        List<String> key =
                contract.key().stream().filter(k -> !k.equals("source")).toList();
        String name = key.stream()
                .map(k -> "CAST(now.`" + k + "` AS string)")
                .collect(Collectors.joining(", ", "concat_ws(' ', ", ")"));
        List<Column> selected = new ArrayList<>(List.of(expr(name)));
        difference
                .columns()
                .forEach(c -> selected.add(expr(
                        "IF(now.`%1$s` <=> before.`%1$s`, NULL, concat(coalesce(concat('\\'', CAST(before.`%1$s` AS string), '\\''), 'nothing'), ' -> ', coalesce(concat('\\'', CAST(now.`%1$s` AS string), '\\''), 'nothing')))"
                                .formatted(c))));
        Map<String, List<String>> examples = new java.util.LinkedHashMap<>();
        List<Row> rows = difference
                .rows()
                .filter("_operation = 'U'")
                .select(selected.toArray(Column[]::new))
                .limit(LOOKED_AT)
                .collectAsList();
        for (int i = 0; i < difference.columns().size(); i++) {
            int column = i + 1;
            List<String> some = rows.stream()
                    .filter(r -> !r.isNullAt(column))
                    .limit(EXAMPLES)
                    .map(r -> r.getString(0) + " " + r.getString(column))
                    .toList();
            if (!some.isEmpty()) {
                examples.put(difference.columns().get(i), some);
            }
        }
        return examples;
    }

    private static Map<String, Long> byExtract(Dataset<Row> rows) {
        Map<String, Long> counts = new HashMap<>();
        rows.groupBy("_extract_id").count().collectAsList().forEach(r -> counts.put(r.getString(0), r.getLong(1)));
        return counts;
    }

    private Set<String> ids() {
        return extracts.stream().map(Extract::id).collect(Collectors.toCollection(HashSet::new));
    }

    private Dataset<Row> keep(Dataset<Row> rows) {
        Dataset<Row> cached = rows.persist(StorageLevel.MEMORY_AND_DISK());
        kept.push(cached);
        return cached;
    }

    private static scala.collection.Seq<String> seq() {
        return scala(List.of("_extract_id", "_line"));
    }

    private static scala.collection.Seq<String> scala(List<String> names) {
        return scala.collection.JavaConverters.asScalaBuffer(names).toSeq();
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
    }
}
