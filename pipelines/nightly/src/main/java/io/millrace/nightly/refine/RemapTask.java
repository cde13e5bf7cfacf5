package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.lake.Difference;
import io.millrace.lake.Merged;
import io.millrace.lake.Once;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final boolean isRedrive;
    private final Deque<Dataset<Row>> kept = new ArrayDeque<>();

    /** The rows of bronze as the mapping gives them now, with what they break and their places among those of their key and day. */
    private final Dataset<Row> ranked;

    private final SourceViews views;
    private final Difference difference;

    /** Extract and line of the rows of quarantine that break nothing any more. */
    private final Dataset<Row> freed;

    /** Extract and line of the rows that were in silver and break a rule now. Only a mapping as a whole sends rows there. */
    private final Dataset<Row> refused;

    /**
     * @param extracts of the table that drives the fill, all that were refined up to the night's date
     * @param full     table that is looked up → business date of its newest full delivery
     * @param only     condition on rows of ops.quarantine which alone are given another chance, or null for every row of bronze
     */
    RemapTask(Night night, FillTask task, List<Extract> extracts, Map<String, LocalDate> full, String only) {
        this.night = night;
        this.task = task;
        this.contract = night.contracts().get(task.table());
        this.extracts = extracts;
        this.isRedrive = only != null;
        Statements statements = task.statements();
        List<String> ids = extracts.stream().map(Extract::id).toList();
        this.views = new SourceViews(
                night.lake(),
                task.source(),
                night.systems().get(task.source()),
                full,
                Vanished.of(night, task.source()));
        this.ranked = keep(statements.ranked(
                new RowChecks(night.lake(), contract, Money.of(night.settings(), contract))
                        .apply(views.select(
                                contract.table(), task.fill(), statements.hasOtherKey(), ids, List.of(), Map.of())),
                true,
                replaced(extracts)));
        Dataset<Row> standing = keep(standing()
                .filter("rule <> 'readable'")
                .filter(isRedrive ? only : "true")
                .select(col("extract_id").as("_extract_id"), col("line").as("_line"))
                .filter(col("_extract_id").isInCollection(ids))
                .distinct());
        Dataset<Row> good = statements.winners(ranked, Map.of());
        Difference whole = night.lake()
                .difference(standingIn(task).name(), statements.inTheirOrder(good, ranked, extracts), task.source());
        this.difference = isRedrive ? whole.touchedBy(standing) : whole;
        keep(difference.rows());
        Dataset<Row> bad = ranked.filter("_rule IS NOT NULL").select("_extract_id", "_line");
        this.freed = keep(standing.join(bad, Statements.seq(Statements.ORIGIN), "left_anti"));
        this.refused =
                keep(isRedrive ? bad.limit(0) : bad.join(standing, Statements.seq(Statements.ORIGIN), "left_anti"));
    }

    /** Before a run has separated what several sources say of a table, it stands in the table itself. */
    private TableContract standingIn(FillTask task) {
        boolean isSeparate = night.versions().latest(task.filled().name()) >= 0;
        return isSeparate ? task.filled() : contract;
    }

    private Dataset<Row> standing() {
        return night.lake()
                .read("ops.quarantine")
                .filter(col("table_name")
                        .equalTo(contract.name())
                        .and(col("source").equalTo(task.source())))
                .filter("redriven_on IS NULL");
    }

    /** A part of a full delivery that was delivered anew at its place says nothing any more. */
    private static Set<String> replaced(List<Extract> extracts) {
        return extracts.stream()
                .filter(e -> e.taken() == Extract.Taken.REPLACED
                        || extracts.stream().anyMatch(o -> o.isWhole() && o.takesPlaceOf(e)))
                .map(Extract::id)
                .collect(Collectors.toSet());
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

    /**
     * What would change, without changing it.
     *
     * @throws Failure of kind DATA if the mapping loses rows: they would be gone from silver
     */
    Changed look() {
        task.requireEveryRowAgain(
                views.again(
                        task.fill(),
                        List.of(),
                        extracts.stream().map(Extract::id).toList(),
                        List.of(),
                        Map.of()),
                byExtract(ranked));
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
                freed.count(),
                refused.count(),
                counts.containsKey("U") ? examples() : Map.of());
    }

    /** Changes it, and accounts for every row. */
    Changed run() {
        Changed changed = look();
        Map<String, Long> gone =
                byExtract(difference.rows().filter("_operation = 'D'").select("before._extract_id"));
        List<String> content = List.of(task.mapping(), night.runId(), String.valueOf(isRedrive));
        Merged merged = difference.apply(Once.of("remap/" + task.source(), content));
        if (changed.refused() > 0) {
            Dataset<Row> rows = new Quarantine(night, task.source(), task.fill().from(), contract.name())
                    .rows(
                            ranked.join(refused, Statements.seq(Statements.ORIGIN), "left_semi"),
                            byExtract(refused).keySet());
            night.lake()
                    .append("ops.quarantine", rows, Once.of("remap/" + task.source() + "/" + contract.name(), content));
        }
        if (changed.freed() > 0) {
            night.lake()
                    .update(
                            "ops.quarantine",
                            freed.withColumnRenamed("_extract_id", "extract_id").withColumnRenamed("_line", "line"),
                            "t.table_name = '" + contract.name() + "' AND t.redriven_on IS NULL",
                            Map.of("redriven_on", "DATE'" + night.date() + "'"));
        }
        account(merged.byExtract(), gone);
        return changed;
    }

    /** By what stands in quarantine, and not by what changed: a run that was killed before this may have changed it. */
    private void account(Map<String, Long> fresh, Map<String, Long> gone) {
        Map<String, Long> standing = byExtract(standing()
                .select(col("extract_id").as("_extract_id"), col("line"))
                .distinct());
        for (Extract e : extracts) {
            long quarantined = standing.getOrDefault(e.id(), 0L);
            long silver = e.rowsSilver() + fresh.getOrDefault(e.id(), 0L) - gone.getOrDefault(e.id(), 0L);
            silver = Math.max(0, Math.min(silver, e.rowsBronze() - quarantined));
            Extract after = e.refined(
                    silver,
                    e.rowsBronze() - silver - quarantined,
                    quarantined,
                    e.rowsQuarantinedDerived(),
                    isRedrive ? e.mapping() : task.mapping(),
                    e.taken());
            if (!after.equals(e)) {
                night.ledger().record(after);
            }
        }
    }

    private Map<String, List<String>> examples() {
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
        Map<String, List<String>> examples = new LinkedHashMap<>();
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

    private Dataset<Row> keep(Dataset<Row> rows) {
        Dataset<Row> cached = rows.persist(StorageLevel.MEMORY_AND_DISK());
        kept.push(cached);
        return cached;
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
    }
}
