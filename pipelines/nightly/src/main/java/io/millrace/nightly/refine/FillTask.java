package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceTable;
import io.millrace.lake.Merged;
import io.millrace.lake.Once;
import io.millrace.lake.Removal;
import io.millrace.nightly.ingest.BronzeTable;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Volume;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Fills one canonical table from one source: select, type, check, choose a winner for each key, merge. */
final class FillTask {

    /** Bad rows that are shown where a delivery is refused for them. */
    private static final int EXAMPLES = 3;

    /** What tells rows apart, whatever became of them. */
    static final List<String> ORIGIN = List.of("_extract_id", "_line");

    private final Night night;
    private final String source;
    private final Fill fill;
    private final TableContract contract;
    private final Map<String, LocalDate> full;

    /**
     * @param contract of the table that is filled
     * @param full     table that is looked up → business date of its newest full delivery
     */
    FillTask(Night night, String source, TableContract contract, Fill fill, Map<String, LocalDate> full) {
        this.night = night;
        this.source = source;
        this.contract = contract;
        this.fill = fill;
        this.full = full;
    }

    String table() {
        return contract.name();
    }

    /**
     * What a fill did.
     *
     * @param merged      changes to the canonical table
     * @param mapped      extract id → rows that the SELECT gave for it
     * @param quarantined extract id → rows that broke a rule
     * @param bad         the rows that broke a rule, as rows of ops.quarantine, or null for none
     * @param warned      rows that broke a rule which only warns
     * @param removed     whether what a full delivery does not hold went
     * @param note        what whoever watches should know, or empty
     */
    record Filled(
            Merged merged,
            Map<String, Long> mapped,
            Map<String, Long> quarantined,
            List<Row> bad,
            long warned,
            boolean removed,
            String note) {}

    /**
     * @param extracts the new extracts of the driving table, of which all rows are taken
     * @param also     other tables of the SELECT → ids of their new extracts
     * @param removal  what goes because a full delivery no longer holds it, or null
     * @param isLast   false where a later full delivery is at hand, which says better what there is
     * @param parts    ids of extracts that were taken in before and belong to the same delivery: what they hold stays
     * @param later    of extracts that come late, those that were taken in before and are of later dates
     */
    Filled run(
            List<Extract> extracts,
            Map<String, Collection<String>> also,
            Removal removal,
            boolean isLast,
            Collection<String> parts,
            List<Extract> later) {
        List<String> ids = extracts.stream().map(Extract::id).toList();
        List<String> whole = new ArrayList<>(ids);
        whole.addAll(parts);
        List<String> laterIds = later.stream().map(Extract::id).toList();
        SourceViews views =
                new SourceViews(night.lake(), source, night.systems().get(source), full);
        Dataset<Row> checked = new RowChecks(night.lake(), contract)
                .apply(views.select(contract.table(), fill, hasOtherKey(), whole, laterIds, also));
        Dataset<Row> ranked =
                ranked(checked, !later.isEmpty(), replaced(extracts)).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Map<String, Long> mapped = new HashMap<>();
            Map<String, Long> quarantined = new HashMap<>();
            Set<String> settled = new HashSet<>(parts);
            settled.addAll(laterIds);
            Counted counted = count(ranked, settled, mapped, quarantined);
            if (!fill.derived()) {
                extracts.forEach(e -> requireEveryRow(e, mapped.getOrDefault(e.id(), 0L)));
            }
            List<Row> bad = quarantined.isEmpty()
                    ? List.of()
                    : new Quarantine(night, source, fill.from(), contract.name()).rows(ranked, quarantined.keySet());
            requireMostlyGood(mapped, quarantined, bad);
            Dataset<Row> winners = winners(ranked, initial(extracts));
            if (!later.isEmpty()) {
                winners = inTheirOrder(winners, ranked, later);
            }
            Dataset<Row> changes = mayMove(extracts) ? winners.unionByName(moved(ranked, winners, extracts)) : winners;
            // Of parts that were taken in before the counts are not at hand.
            boolean isSplit = parts.isEmpty()
                    && extracts.stream().allMatch(e -> e.rowsBronze() <= mapped.getOrDefault(e.id(), 0L));
            boolean isClean = removal == null || isSplit && quarantined.isEmpty();
            boolean isKnown = isClean || counted.keyless() == 0 && (isSplit || areSplit(whole));
            boolean isFirst = night.lake().isEmpty(contract.name());
            if (!isClean && isKnown && !isFirst) {
                changes = changes.unionByName(kept(ranked, winners));
            }
            String note = isKnown || isFirst
                    ? ""
                    : "nothing was removed from %s: the full delivery of %s holds rows in quarantine whose key cannot be read"
                            .formatted(contract.name(), fill.from());
            Removal removing = isKnown ? removal : null;
            Volume volume = night.settings().sources().get(source).volume();
            if (removing != null && !volume.isAccepted(fill.from()) && !isFirst) {
                Removal.Extent extent = night.lake().extent(contract.name(), changes, removing);
                if (volume.isTooMuch(extent.there(), extent.gone())) {
                    note = volume.tooMuch(source + "." + fill.from(), extent.there(), extent.gone());
                    if (isLast) {
                        throw Failure.data(note);
                    }
                    note += ". Not removed, for a later delivery says what there is";
                    removing = null;
                }
            }
            Merged merged = night.lake().merge(contract.name(), changes, removing, once(extracts, also));
            return new Filled(merged, mapped, quarantined, bad, counted.warned(), removing != null, note);
        } finally {
            ranked.unpersist();
        }
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
                .filter(Extract::isWhole)
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

    /** A delivery of which most is bad was written otherwise than it is read. */
    private void requireMostlyGood(Map<String, Long> mapped, Map<String, Long> quarantined, List<Row> bad) {
        Volume volume = night.settings().sources().get(source).volume();
        long delivered = mapped.values().stream().mapToLong(Long::longValue).sum();
        long set = quarantined.values().stream().mapToLong(Long::longValue).sum();
        if (volume.isTooBad(delivered, set) && !volume.isAccepted(fill.from())) {
            List<String> examples = bad.stream()
                    .limit(EXAMPLES)
                    .map(row -> "line %s: %s".formatted(row.get(Quarantine.LINE), row.getString(Quarantine.REASON)))
                    .toList();
            throw Failure.data(volume.tooBad(source + "." + fill.from(), delivered, set, examples));
        }
    }

    /** By what is merged: a mapping that was mended merges anew, and what waited longer than others is not passed over. */
    private Once once(List<Extract> extracts, Map<String, Collection<String>> also) {
        Stream<String> ids = Stream.concat(
                extracts.stream().map(Extract::id), also.values().stream().flatMap(Collection::stream));
        return Once.of(
                "refine/" + source, Stream.concat(ids, Stream.of(mapping())).toList());
    }

    private String sql() {
        return String.valueOf(night.systems().get(source).sql().get(contract.table()));
    }

    /** What names the mapping: another name, and the rows that it made may be others. */
    String mapping() {
        return Once.of("mapping", List.of(fill.toString(), sourceTable().toString(), sql()))
                .writer();
    }

    String source() {
        return source;
    }

    Fill fill() {
        return fill;
    }

    /** Before anything is merged: every row of the driving table is a row of the SELECT, a line that could not be split, or marked as not meant. */
    private void requireEveryRow(Extract e, long mapped) {
        if (mapped == e.rowsBronze()) {
            return;
        }
        String operation = sourceTable().operation();
        String out =
                "_malformed IS NOT NULL" + (operation == null ? "" : " OR _op <> 'D' AND (" + operation + ") = 'B'");
        long apart = night.lake()
                .read(BronzeTable.contract(source, fill.from(), sourceTable(), List.of()))
                .filter(col("_extract_id").equalTo(e.id()))
                .filter(out)
                .count();
        if (mapped + apart != e.rowsBronze()) {
            throw Failure.data(
                    "%s: %d rows are in bronze and the mapping gave %d. A SELECT must keep every row of the table that drives it; what is not for silver is marked with _reject"
                            .formatted(e.location(), e.rowsBronze(), mapped + apart));
        }
    }

    /** Full deliveries of which another one that waits too has taken the place. */
    static Set<String> replaced(List<Extract> extracts) {
        return extracts.stream()
                .filter(e -> e.mode().equals("full")
                        && extracts.stream()
                                .anyMatch(o -> o.mode().equals("full")
                                        && o.businessDate().equals(e.businessDate())
                                        && o.location().equals(e.location())
                                        && o.delivery() > e.delivery()))
                .map(Extract::id)
                .collect(Collectors.toSet());
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
     * True where a row of the source that was delivered before may now be another row of the table: it changed, and the
     * table's key is not the source's own.
     */
    private boolean mayMove(List<Extract> extracts) {
        return hasOtherKey() && extracts.stream().anyMatch(e -> e.mode().equals("delta") && !e.initial());
    }

    /** Whether the source knows its rows by another key than the table. */
    boolean hasOtherKey() {
        List<String> key = sourceTable().key();
        return !fill.derived()
                && !key.isEmpty()
                && !contract.key().stream().allMatch(k -> k.equals("source") || key.contains(k));
    }

    /**
     * Deletions of the rows that an earlier state of a changed source row left under a key that it no longer has. They are
     * found by where they came from: extract and line.
     */
    private Dataset<Row> moved(Dataset<Row> ranked, Dataset<Row> winners, List<Extract> extracts) {
        List<String> ids = extracts.stream().map(Extract::id).toList();
        Dataset<Row> bronze = night.lake().read(BronzeTable.contract(source, fill.from(), sourceTable(), List.of()));
        Dataset<Row> good = ranked.filter("_rule IS NULL").select("_extract_id", "_line");
        org.apache.spark.sql.Column fresh = col("_extract_id").isInCollection(ids);
        org.apache.spark.sql.Column[] key =
                sourceTable().key().stream().map(k -> col("`" + k + "`")).toArray(org.apache.spark.sql.Column[]::new);
        Dataset<Row> changed =
                bronze.filter(fresh).join(good, seq(ORIGIN), "left_semi").select(key);
        Dataset<Row> before = bronze.filter(org.apache.spark.sql.functions.not(fresh))
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
                .withColumn("_business_date", lit(java.sql.Date.valueOf(date)))
                .withColumn("_deleted", lit(true))
                .select(names(winners));
    }

    /** Whether every line of some extracts could be split: of another one nobody knows what it speaks of. */
    private boolean areSplit(List<String> delivered) {
        return night.lake()
                .read(BronzeTable.contract(source, fill.from(), sourceTable(), List.of()))
                .filter(col("_extract_id").isInCollection(delivered))
                .filter("_malformed IS NOT NULL")
                .isEmpty();
    }

    /** What the table holds of the keys that a full delivery has in quarantine: they are there, and stay as they were. */
    private Dataset<Row> kept(Dataset<Row> ranked, Dataset<Row> winners) {
        List<String> key = ownKey();
        org.apache.spark.sql.Column[] columns =
                key.stream().map(k -> col("`" + k + "`")).toArray(org.apache.spark.sql.Column[]::new);
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

    private SourceTable sourceTable() {
        return night.systems().get(source).tables().get(fill.from());
    }

    /** The columns of the table's key but for the source, which is the same for all rows of a fill. */
    private List<String> ownKey() {
        return contract.key().stream().filter(k -> !k.equals("source")).toList();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(k -> "`" + k + "`").collect(Collectors.joining(", "));
    }

    private static org.apache.spark.sql.Column[] names(Dataset<Row> rows) {
        return Arrays.stream(rows.columns()).map(c -> col("`" + c + "`")).toArray(org.apache.spark.sql.Column[]::new);
    }

    static Seq<String> seq(List<String> names) {
        return JavaConverters.asScalaBuffer(names).toSeq();
    }

    /** @param keyless rows in quarantine of which nobody knows whose they are: any key may be among them */
    private record Counted(long warned, long keyless) {}

    private Counted count(
            Dataset<Row> ranked, Set<String> settled, Map<String, Long> mapped, Map<String, Long> quarantined) {
        String nobody = ownKey().stream().map(k -> "`" + k + "` IS NULL").collect(Collectors.joining(" OR "));
        long warned = 0;
        long keyless = 0;
        String refusing = null;
        for (Row r : ranked.groupBy("_extract_id")
                .agg(
                        expr("count(*)"),
                        expr("count(_rule)"),
                        expr("sum(_warned)"),
                        expr("max(IF(_rule LIKE 'refuse:%', _reason, NULL))"),
                        expr("count_if(_rule IS NOT NULL AND (" + nobody + "))"))
                .collectAsList()) {
            keyless += r.getLong(5);
            if (settled.contains(r.getString(0))) {
                continue;
            }
            mapped.put(r.getString(0), r.getLong(1));
            if (r.getLong(2) > 0) {
                quarantined.put(r.getString(0), r.getLong(2));
            }
            warned += r.isNullAt(3) ? 0 : r.getLong(3);
            refusing = r.isNullAt(4) ? refusing : r.getString(4);
        }
        if (refusing != null) {
            throw Failure.data("%s refuses what %s delivered: %s".formatted(contract.name(), source, refusing));
        }
        return new Counted(warned, keyless);
    }

    private Map<String, Boolean> initial(List<Extract> extracts) {
        return extracts.stream().collect(Collectors.toMap(Extract::id, Extract::initial));
    }

    /** The table's own columns, where each row came from, and since when it is known. */
    org.apache.spark.sql.Column[] columns(Map<String, Boolean> initial) {
        List<org.apache.spark.sql.Column> columns = new ArrayList<>();
        contract.ownColumns().forEach(c -> columns.add(col(c.name())));
        columns.add(lit(source).as("source"));
        columns.add(col("_extract_id"));
        columns.add(col("_line"));
        columns.add(col("_business_date"));
        columns.add(knownOn(initial));
        columns.add(col("_deleted"));
        return columns.toArray(org.apache.spark.sql.Column[]::new);
    }

    /**
     * The night that took the row in: a late file for an earlier date was not known on that date. What the very first
     * delivery of a table holds was known to the ERP before, on the day of the event for all that anybody can tell.
     */
    private org.apache.spark.sql.Column knownOn(Map<String, Boolean> initial) {
        List<String> first = initial.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (first.isEmpty() || contract.eventTime() == null) {
            return lit(java.sql.Date.valueOf(night.date())).as("_known_on");
        }
        String ids = first.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        String event =
                "least(coalesce(CAST(`%s` AS date), _business_date), _business_date)".formatted(contract.eventTime());
        return expr("IF(_extract_id IN (%s), %s, DATE'%s')".formatted(ids, event, night.date()))
                .as("_known_on");
    }

    static Removal removal(String source, Extract full) {
        return new Removal(
                source, LocalDate.parse(full.businessDate()), full.mode().equals("slice"));
    }
}
