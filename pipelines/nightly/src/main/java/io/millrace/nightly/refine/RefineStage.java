package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Shape;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.ingest.BronzeTable;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Left;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.SideBySide;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Precedence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fills silver from every extract that has landed, and accounts for each row: rows in bronze = rows that became rows
 * of silver + rows that met a key already there + rows in quarantine.
 */
public final class RefineStage implements Stage {

    @Override
    public String name() {
        return "refine";
    }

    @Override
    public String about() {
        return "map, type, check and merge what landed";
    }

    @Override
    public List<String> reads() {
        return List.of("bronze.*");
    }

    @Override
    public List<String> writes() {
        return List.of("silver.*", "ops.quarantine");
    }

    @Override
    public String heeds(Night night) {
        StringBuilder text = new StringBuilder();
        night.systems()
                .forEach((name, system) -> text.append(name)
                        .append(system.tables())
                        .append(system.fills())
                        .append(system.sql()));
        return text.append(new Precedence(night.settings()))
                .append(Objects.toString(night.settings().currency(), ""))
                .toString();
    }

    /** The tables of silver that are filled from what is missing, or look something up in it. */
    @Override
    public Set<String> lacks(Night night, Set<String> missing) {
        if (missing.contains("bronze.*")) {
            return Set.copyOf(writes());
        }
        Set<String> lacks = new TreeSet<>();
        night.systems()
                .forEach((source, system) -> system.fills().forEach((target, fill) -> {
                    boolean rests = Stream.concat(Stream.of(fill.from()), fill.also().keySet().stream())
                            .anyMatch(table -> missing.contains(SourceSystem.bronze(source, table)));
                    if (rests) {
                        lacks.add("silver." + target);
                    }
                }));
        return lacks;
    }

    @Override
    public Outcome run(Night night) {
        List<Extract> pending = night.ledger().extracts().stream()
                .filter(e -> e.state() == Extract.State.LANDED && isConfigured(night, e))
                .filter(e -> e.businessDate().compareTo(night.date().toString()) <= 0)
                .sorted(Comparator.comparingLong(Extract::delivery))
                .toList();
        // Nobody in the night waits for the metastore to know what landed.
        return SideBySide.with(() -> register(night, pending), () -> refine(night, pending));
    }

    /** What was taken in of a source, or of a table, that the configuration no longer has waits until it has it again. */
    private static boolean isConfigured(Night night, Extract e) {
        SourceSystem system = night.systems().get(e.source());
        return system != null && system.tables().containsKey(e.table());
    }

    /** What names the mapping of the table that has a row for each row of an extract, or null if none has. */
    private static String mapping(Night night, Extract e) {
        return accountedFor(night, e)
                .map(target ->
                        FillTask.mapping(night, e.source(), night.contracts().get("silver." + target)))
                .orElse(null);
    }

    /** Tables of which rows were made by a mapping that has been corrected since. */
    private static List<String> older(Night night) {
        Map<String, String> mappings = new HashMap<>();
        return night.ledger().extracts().stream()
                .filter(e -> e.state() == Extract.State.REFINED && e.mapping() != null && isConfigured(night, e))
                .filter(e -> !e.mapping()
                        .equals(mappings.computeIfAbsent(
                                e.source() + "." + e.table(), table -> String.valueOf(mapping(night, e)))))
                .map(e -> e.source() + "." + e.table())
                .distinct()
                .sorted()
                .toList();
    }

    private static String waiting(Night night) {
        return night.ledger().extracts().stream()
                .filter(e -> e.state() == Extract.State.LANDED && !isConfigured(night, e))
                .map(e -> e.source() + "." + e.table())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void register(Night night, List<Extract> landed) {
        landed.stream()
                .map(e -> BronzeTable.contract(
                        e.source(),
                        e.table(),
                        night.systems().get(e.source()).tables().get(e.table()),
                        List.of()))
                .distinct()
                .forEach(table -> night.lake().ensure(table));
    }

    private static Outcome refine(Night night, List<Extract> pending) {
        try (Books books = new Books()) {
            return refine(night, pending, books);
        }
    }

    private static Outcome refine(Night night, List<Extract> pending, Books books) {
        SeveralSources several = new SeveralSources(night);
        List<FillWork> work = new ArrayList<>();
        night.systems().forEach((source, system) -> {
            FullDeliveries full = new FullDeliveries(night, source, system, pending);
            full.unbelieved().forEach((extract, why) -> books.holds(system, extract, why));
            work.addAll(work(night, source, system, several, pending, full.newest()));
        });
        Map<String, List<FillWork>> byTable =
                work.stream().collect(Collectors.groupingBy(w -> w.task().table(), TreeMap::new, Collectors.toList()));
        several.tables().forEach(table -> byTable.putIfAbsent(table, List.of()));
        byTable.keySet().stream()
                .collect(Collectors.groupingBy(table -> wave(night, table), TreeMap::new, Collectors.toList()))
                .values()
                .forEach(wave -> SideBySide.map(
                        wave,
                        table -> night.lake().described(table, () -> {
                            fill(night, table, byTable.get(table), several, books);
                            return null;
                        })));
        if (!work.isEmpty()) {
            Money.note(night, books.currencies);
        }
        Money.requireOne(night, books.left);
        List<Extract> done =
                pending.stream().filter(e -> !books.waiting.contains(e.id())).toList();
        books.malformed(night, done);
        books.vanished(night, done);
        BadRows.write(night, books.bad, books.waiting);
        return books.left.of(settle(night, done, books));
    }

    /** Rates first, for they convert; then dimensions, so that what refers to them finds them. */
    private static int wave(Night night, String table) {
        if (table.equals(Money.RATES)) {
            return 0;
        }
        return night.contracts().get(table).shape() == Shape.HISTORY ? 1 : 2;
    }

    /** The fills of a table by several sources wait for each other: each of them is a commit to the same table. */
    private static void fill(Night night, String table, List<FillWork> fills, SeveralSources several, Books books) {
        fills.forEach(w -> {
            boolean isDone = books.left.out(Set.of(table), false, () -> {
                w.run(night, books);
                return true;
            });
            if (!isDone) {
                books.waits(w);
            }
        });
        if (several.tables().contains(table)) {
            boolean isCombined = books.left.out(Set.of(table), false, () -> {
                several.combine(table);
                return true;
            });
            if (!isCombined) {
                fills.forEach(books::waits);
            }
        }
    }

    private static List<FillWork> work(
            Night night,
            String source,
            SourceSystem system,
            SeveralSources several,
            List<Extract> pending,
            Map<String, LocalDate> full) {
        List<FillWork> work = new ArrayList<>();
        system.fills().forEach((target, fill) -> {
            List<Extract> extracts = of(pending, source, fill.from());
            Map<String, Collection<String>> also = new HashMap<>();
            // Where all rows of the table are new, none has to be mapped once more for what it refers to.
            Set<String> tables = hasEarlier(night, source, fill.from(), extracts)
                    ? fill.also().keySet()
                    : Set.of();
            tables.forEach(table -> {
                List<String> ids =
                        of(pending, source, table).stream().map(Extract::id).toList();
                if (!ids.isEmpty()) {
                    also.put(table, ids);
                }
            });
            if (!extracts.isEmpty() || !also.isEmpty()) {
                work.add(new FillWork(
                        new FillTask(night, source, night.contracts().get("silver." + target), several, fill, full),
                        fill,
                        source,
                        extracts,
                        also));
            }
        });
        return work;
    }

    /** Whether bronze holds rows of the table that other extracts delivered. */
    private static boolean hasEarlier(Night night, String source, String table, List<Extract> fresh) {
        return of(night.ledger().extracts(), source, table).stream()
                .filter(e -> e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED)
                .anyMatch(e -> !fresh.contains(e));
    }

    private static List<Extract> of(Collection<Extract> extracts, String source, String table) {
        return extracts.stream()
                .filter(e -> e.source().equals(source) && e.table().equals(table))
                .toList();
    }

    /** What became of the rows, by extract. */
    static final class Books implements AutoCloseable {

        private final Map<String, Long> mapped = new HashMap<>();
        private final Map<String, Long> silver = new HashMap<>();
        private final Map<String, Long> quarantined = new HashMap<>();
        private final Map<String, Long> derived = new HashMap<>();
        private final Map<String, Extract.Taken> taken = new HashMap<>();
        /** Table of silver → the currencies that rows name which came into it. */
        private final Map<String, Set<String>> currencies = new TreeMap<>();

        private final List<BadRows> bad = new ArrayList<>();
        private final Set<String> notes = new TreeSet<>();
        private final Left left = new Left();
        /** Extracts that a fill could not take: they are not settled, and come again. */
        private final Set<String> waiting = new TreeSet<>();

        private long changed;
        private long warned;

        /** A full delivery of a table that is looked up alone: what rests on it is not up to date until somebody says more. */
        synchronized void holds(SourceSystem system, Extract extract, Failure why) {
            Set<String> resting = system.fills().keySet().stream()
                    .filter(target -> SourceSystem.mentions(system.sql().get(target), extract.table()))
                    .map(target -> "silver." + target)
                    .collect(Collectors.toSet());
            left.add(why, resting);
            waiting.add(extract.id());
        }

        synchronized void waits(FillWork work) {
            work.extracts().forEach(e -> waiting.add(e.id()));
            work.also().values().forEach(waiting::addAll);
        }

        synchronized void note(String table, FillTask.Filled filled, List<Extract> batch, boolean isDerived) {
            bad.addAll(filled.bad());
            currencies.computeIfAbsent(table, t -> new TreeSet<>()).addAll(filled.currencies());
            changed += filled.merged().inserted()
                    + filled.merged().updated()
                    + filled.merged().deleted();
            warned += filled.warned();
            if (!filled.note().isEmpty()) {
                notes.add(filled.note());
            }
            if (isDerived) {
                filled.quarantined().forEach((id, n) -> derived.merge(id, n, Long::sum));
            } else {
                filled.mapped().forEach((id, n) -> mapped.merge(id, n, Long::sum));
                filled.quarantined().forEach((id, n) -> quarantined.merge(id, n, Long::sum));
                filled.merged().byExtract().forEach((id, n) -> silver.merge(id, n, Long::sum));
                Set<String> replaced = FillTask.replaced(batch);
                batch.stream()
                        .filter(e -> !e.mode().equals("delta"))
                        .forEach(e -> taken.put(
                                e.id(),
                                replaced.contains(e.id())
                                        ? Extract.Taken.REPLACED
                                        : filled.removed() ? Extract.Taken.WHOLE : Extract.Taken.ROWS));
            }
        }

        /** Columns that were there before. */
        void vanished(Night night, List<Extract> done) {
            done.stream().collect(Collectors.groupingBy(Extract::source)).forEach((source, extracts) -> {
                Vanished vanished = Vanished.of(night, source);
                Map<String, SourceTable> tables = night.systems().get(source).tables();
                extracts.stream()
                        .map(e -> vanished.note(e, !tables.get(e.table()).key().isEmpty()))
                        .filter(note -> !note.isEmpty())
                        .forEach(notes::add);
            });
        }

        /** Lines that could not be split are no rows of any SELECT; they are read from bronze where rows are missing. */
        void malformed(Night night, List<Extract> pending) {
            pending.stream()
                    .filter(e -> mapped.getOrDefault(e.id(), 0L) < e.rowsBronze())
                    .collect(Collectors.groupingBy(e -> e.source() + "\u001f" + e.table()))
                    .values()
                    .forEach(extracts -> malformedOf(night, extracts));
        }

        private void malformedOf(Night night, List<Extract> extracts) {
            Extract first = extracts.get(0);
            String refusing = accountedFor(night, first)
                    .map(target -> "silver." + target)
                    .orElse(SourceSystem.bronze(first.source(), first.table()));
            BadRows rows = BadRows.of(new Quarantine(night, first.source(), first.table(), refusing)
                    .malformed(extracts.stream().map(Extract::id).toList()));
            bad.add(rows);
            rows.byExtract().forEach((id, n) -> quarantined.merge(id, n, Long::sum));
        }

        @Override
        public void close() {
            bad.forEach(BadRows::close);
        }
    }

    private static Outcome settle(Night night, List<Extract> pending, Books books) {
        long rowsIn = 0;
        long rowsBad = 0;
        // Where only fills that are not accounted for put them there, several may refuse a line.
        List<String> unaccounted = pending.stream()
                .filter(e -> accountedFor(night, e).isEmpty())
                .map(Extract::id)
                .toList();
        Map<String, Long> lines = BadRows.lines(books.bad, unaccounted);
        for (Extract e : pending) {
            Map<String, Long> counted = unaccounted.contains(e.id()) ? lines : books.quarantined;
            long quarantined = counted.getOrDefault(e.id(), 0L);
            long silver = books.silver.getOrDefault(e.id(), 0L);
            night.ledger()
                    .record(e.refined(
                            silver,
                            e.rowsBronze() - silver - quarantined,
                            quarantined,
                            books.derived.getOrDefault(e.id(), 0L),
                            mapping(night, e),
                            books.taken.get(e.id())));
            rowsIn += e.rowsBronze();
            rowsBad += quarantined;
        }
        List<String> older = older(night);
        if (!older.isEmpty()) {
            books.notes.add("the mapping is newer than rows of %s: millrace remap %s --dry-run"
                    .formatted(String.join(", ", older), older.get(0)));
        }
        String waiting = waiting(night);
        if (!waiting.isEmpty()) {
            books.notes.add("extracts of %s wait, which the configuration no longer has".formatted(waiting));
        }
        return new Outcome(rowsIn, books.changed, rowsBad, note(books));
    }

    private static String note(Books books) {
        Stream<String> warned = books.warned == 0
                ? Stream.of()
                : Stream.of("%,d rows break a rule that only warns".formatted(books.warned));
        return Stream.concat(warned, books.notes.stream()).collect(Collectors.joining("; "));
    }

    /** The table of silver that has a row for each row of the extract; none if others only look things up in it. */
    private static Optional<String> accountedFor(Night night, Extract e) {
        return night.systems().get(e.source()).fills().entrySet().stream()
                .filter(f ->
                        f.getValue().from().equals(e.table()) && !f.getValue().derived())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
