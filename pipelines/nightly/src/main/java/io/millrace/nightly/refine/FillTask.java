package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceSystem;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Fills one canonical table from one source: select, type, check, choose a winner for each key, merge. */
final class FillTask {

    private static final String KEEP =
            "A SELECT must keep every row of the table that drives it; what is not for silver is marked with _reject";

    /** Bad rows that are shown where a delivery is refused for them. */
    private static final int EXAMPLES = 3;

    private final Night night;
    private final String source;
    private final Fill fill;
    private final TableContract contract;
    private final SeveralSources several;
    private final TableContract filled;
    private final Map<String, LocalDate> full;
    private final Statements statements;

    /**
     * @param contract of the table of silver
     * @param several  the tables that several sources fill
     * @param full     table that is looked up → business date of its newest full delivery
     */
    FillTask(
            Night night,
            String source,
            TableContract contract,
            SeveralSources several,
            Fill fill,
            Map<String, LocalDate> full) {
        this.night = night;
        this.source = source;
        this.contract = contract;
        this.several = several;
        this.filled = several.filled(contract);
        this.fill = fill;
        this.full = full;
        this.statements = new Statements(night, source, filled, fill);
    }

    /** The table of silver that the mapping is of. */
    String table() {
        return contract.name();
    }

    /** The table that takes the rows of the source. */
    TableContract filled() {
        return filled;
    }

    /**
     * What a fill did.
     *
     * @param merged      changes to the canonical table
     * @param mapped      extract id → rows that the SELECT gave for it
     * @param quarantined extract id → rows that broke a rule
     * @param bad         the rows that broke a rule, or nothing for none; to be closed
     * @param warned      rows that broke a rule which only warns
     * @param currencies  that its good rows name
     * @param removed     whether what a full delivery does not hold went
     * @param note        what whoever watches should know, or empty
     */
    record Filled(
            Merged merged,
            Map<String, Long> mapped,
            Map<String, Long> quarantined,
            List<BadRows> bad,
            long warned,
            Set<String> currencies,
            boolean removed,
            String note) {}

    /**
     * @param extracts the new extracts of the driving table, of which all rows are taken
     * @param also     other tables of the SELECT → ids of their new extracts
     * @param removal  what goes because a full delivery no longer holds it, or null
     * @param isLast   false if a later full delivery is at hand, which says better what there is
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
        several.separate(contract.name());
        List<String> ids = extracts.stream().map(Extract::id).toList();
        List<String> whole = new ArrayList<>(ids);
        whole.addAll(parts);
        List<String> laterIds = later.stream().map(Extract::id).toList();
        SourceViews views =
                new SourceViews(night.lake(), source, night.systems().get(source), full, Vanished.of(night, source));
        Dataset<Row> checked = new RowChecks(night.lake(), contract, Money.of(night.settings(), contract))
                .apply(views.select(contract.table(), fill, statements.hasOtherKey(), whole, laterIds, also));
        Dataset<Row> ranked = statements
                .ranked(checked, !later.isEmpty(), replaced(extracts))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Map<String, Long> mapped = new HashMap<>();
            Map<String, Long> quarantined = new HashMap<>();
            Set<String> settled = new HashSet<>(parts);
            settled.addAll(laterIds);
            Counted counted = count(ranked, settled, mapped, quarantined);
            if (!fill.derived()) {
                extracts.forEach(e -> requireEveryRow(e, mapped.getOrDefault(e.id(), 0L)));
                if (whole.size() > ids.size() || !later.isEmpty() || !also.isEmpty()) {
                    requireEveryRowAgain(views.again(fill, ids, whole, laterIds, also), counted.all());
                }
            }
            requireMostlyGood(mapped, quarantined, ranked);
            Dataset<Row> winners = statements.winners(ranked, initial(extracts));
            if (!later.isEmpty()) {
                winners = statements.inTheirOrder(winners, ranked, later);
            }
            Dataset<Row> changes = statements.mayMove(extracts)
                    ? winners.unionByName(statements.moved(ranked, winners, extracts))
                    : winners;
            // Of parts that were taken in before the counts are not at hand.
            boolean isSplit = parts.isEmpty()
                    && extracts.stream().allMatch(e -> e.rowsBronze() <= mapped.getOrDefault(e.id(), 0L));
            boolean isClean = removal == null || isSplit && quarantined.isEmpty();
            boolean isKnown = isClean || counted.keyless() == 0 && (isSplit || areSplit(whole));
            boolean isFirst = night.lake().isEmpty(filled.name());
            if (!isClean && isKnown && !isFirst) {
                changes = changes.unionByName(statements.kept(ranked, winners));
            }
            String note = isKnown || isFirst
                    ? ""
                    : "nothing was removed from %s: the full delivery of %s holds rows in quarantine whose key cannot be read"
                            .formatted(contract.name(), fill.from());
            Removal removing = isKnown ? removal : null;
            Volume volume = night.settings().sources().get(source).volume();
            if (removing != null && !volume.isAccepted(fill.from()) && !isFirst) {
                Removal.Extent extent = night.lake().extent(filled.name(), changes, removing);
                if (volume.isTooMuch(extent.there(), extent.gone())) {
                    note = volume.tooMuch(source + "." + fill.from(), extent.there(), extent.gone());
                    if (isLast) {
                        throw Failure.data(note);
                    }
                    note += ". Not removed, for a later delivery says what there is";
                    removing = null;
                }
            }
            Merged merged = night.lake().merge(filled.name(), changes, removing, once(extracts, also));
            List<BadRows> bad =
                    quarantined.isEmpty() ? List.of() : List.of(BadRows.of(bad(ranked, quarantined.keySet())));
            return new Filled(
                    merged, mapped, quarantined, bad, counted.warned(), counted.currencies(), removing != null, note);
        } finally {
            ranked.unpersist();
        }
    }

    private Dataset<Row> bad(Dataset<Row> ranked, Collection<String> extracts) {
        return new Quarantine(night, source, fill.from(), contract.name()).rows(ranked, extracts);
    }

    /** A delivery of which most is bad was written otherwise than it is read. */
    private void requireMostlyGood(Map<String, Long> mapped, Map<String, Long> quarantined, Dataset<Row> ranked) {
        Volume volume = night.settings().sources().get(source).volume();
        long delivered = mapped.values().stream().mapToLong(Long::longValue).sum();
        long set = quarantined.values().stream().mapToLong(Long::longValue).sum();
        if (volume.isTooBad(delivered, set) && !volume.isAccepted(fill.from())) {
            List<String> examples = bad(ranked, quarantined.keySet())
                    .orderBy("business_date", "line")
                    .limit(EXAMPLES)
                    .selectExpr("concat('line ', line, ': ', reason)")
                    .as(Encoders.STRING())
                    .collectAsList();
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

    String mapping() {
        return mapping(night, source, contract);
    }

    /**
     * What names a mapping: another name, and the rows that it made may be others.
     *
     * @param contract of the table of silver
     */
    static String mapping(Night night, String source, TableContract contract) {
        SourceSystem system = night.systems().get(source);
        Fill fill = system.fills().get(contract.table());
        List<String> content = new ArrayList<>(List.of(
                fill.toString(),
                system.tables().get(fill.from()).mapped(),
                String.valueOf(system.sql().get(contract.table()))));
        Money.of(night.settings(), contract).ifPresent(content::add);
        return Once.of("mapping", content).writer();
    }

    String source() {
        return source;
    }

    Fill fill() {
        return fill;
    }

    /** What the source said of the table. */
    Statements statements() {
        return statements;
    }

    /** Deliveries of which another one that waits too has taken the place. */
    static Set<String> replaced(List<Extract> extracts) {
        return extracts.stream()
                .filter(e -> extracts.stream().anyMatch(o -> o.takesPlaceOf(e)))
                .map(Extract::id)
                .collect(Collectors.toSet());
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
            throw Failure.data("%s: %d rows are in bronze and the mapping gave %d. %s"
                    .formatted(e.location(), e.rowsBronze(), mapped + apart, KEEP));
        }
    }

    /**
     * The same of rows that were taken in before: a part of a delivery that is lost now would count as deleted, and a late file would override what
     * came after it.
     */
    void requireEveryRowAgain(Map<String, Long> driving, Map<String, Long> mapped) {
        driving.forEach((extract, rows) -> {
            long gave = mapped.getOrDefault(extract, 0L);
            if (gave != rows) {
                throw Failure.data(
                        "%s: %d rows that were taken in before are mapped once more, and the mapping gave %d. %s"
                                .formatted(
                                        night.ledger()
                                                .extract(extract)
                                                .map(Extract::location)
                                                .orElse(extract),
                                        rows,
                                        gave,
                                        KEEP));
            }
        });
    }

    /** Whether every line of some extracts could be split: of another one nobody knows what it speaks of. */
    private boolean areSplit(List<String> delivered) {
        return night.lake()
                .read(BronzeTable.contract(source, fill.from(), sourceTable(), List.of()))
                .filter(col("_extract_id").isInCollection(delivered))
                .filter("_malformed IS NOT NULL")
                .isEmpty();
    }

    private SourceTable sourceTable() {
        return night.systems().get(source).tables().get(fill.from());
    }

    /**
     * @param keyless rows in quarantine of which nobody knows whose they are: any key may be among them
     * @param all     extract id → rows that the mapping gave for it
     */
    private record Counted(long warned, long keyless, Set<String> currencies, Map<String, Long> all) {}

    private Counted count(
            Dataset<Row> ranked, Set<String> settled, Map<String, Long> mapped, Map<String, Long> quarantined) {
        String nobody =
                statements.ownKey().stream().map(k -> "`" + k + "` IS NULL").collect(Collectors.joining(" OR "));
        long warned = 0;
        long keyless = 0;
        Set<String> currencies = new HashSet<>();
        String refusing = null;
        Map<String, Long> all = new HashMap<>();
        for (Row r : ranked.groupBy("_extract_id")
                .agg(
                        expr("count(*)"),
                        expr("count(_rule)"),
                        expr("sum(_warned)"),
                        expr("max(IF(_rule LIKE 'refuse:%', _reason, NULL))"),
                        expr("count_if(_rule IS NOT NULL AND (" + nobody + "))"),
                        expr("collect_set(IF(_rule IS NULL, %s, NULL))".formatted(Money.named(contract))))
                .collectAsList()) {
            all.put(r.getString(0), r.getLong(1));
            keyless += r.getLong(5);
            currencies.addAll(r.getList(6));
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
        return new Counted(warned, keyless, currencies, all);
    }

    private Map<String, Boolean> initial(List<Extract> extracts) {
        return extracts.stream().collect(Collectors.toMap(Extract::id, Extract::initial));
    }

    static Removal removal(String source, Extract full) {
        return new Removal(
                source, LocalDate.parse(full.businessDate()), full.mode().equals("slice"));
    }
}
