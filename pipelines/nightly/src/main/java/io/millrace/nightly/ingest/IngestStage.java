package io.millrace.nightly.ingest;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.lake.Once;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Left;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.SideBySide;
import io.millrace.nightly.plan.Stage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lands every extract that is new up to the business date, each table's in one commit. */
public final class IngestStage implements Stage {

    /** Files that are left alone, as the stage's note shows them. */
    private static final int SHOWN = 5;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String about() {
        return "land new extracts as delivered";
    }

    @Override
    public List<String> reads() {
        return List.of();
    }

    @Override
    public List<String> writes() {
        return List.of("bronze.*");
    }

    @Override
    public String heeds(Night night) {
        StringBuilder text = new StringBuilder();
        night.settings()
                .sources()
                .forEach((name, source) -> text.append(source.staleAfter())
                        .append('\n')
                        .append(Intake.of(night, name, source, night.systems().get(name))
                                .pending()));
        return text.toString();
    }

    @Override
    public Outcome run(Night night) {
        Left left = new Left();
        Map<String, List<Intake.Accepted>> byTable = new LinkedHashMap<>();
        List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        List<String> leftAlone = new ArrayList<>();
        night.settings()
                .sources()
                .forEach((name, source) -> left.out(tables(night, name), 0L, () -> {
                    Intake intake =
                            Intake.of(night, name, source, night.systems().get(name));
                    intake.accept()
                            .forEach(a -> byTable.computeIfAbsent(bronze(a), t -> new ArrayList<>())
                                    .add(a));
                    refusals.addAll(intake.refusals());
                    leftAlone.addAll(intake.leftAlone());
                    return 0L;
                }));
        if (!byTable.isEmpty()) {
            night.expect(byTable.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(a -> a.extract().rowsDelivered())
                    .sum());
        }
        List<Long> landed = SideBySide.map(
                byTable.entrySet(),
                table -> left.out(Set.of(table.getKey()), 0L, () -> landReadable(night, table.getValue(), refusals)));
        long rows = landed.stream().mapToLong(Long::longValue).sum();
        if (rows > 0) {
            // What databases gave is known by now.
            night.expect(0);
        }
        long extracts = byTable.values().stream().mapToLong(List::size).sum();
        if (!refusals.isEmpty()) {
            left.add(
                    Failure.data("%d extracts were refused, the others landed (%,d rows):%n  - %s"
                            .formatted(refusals.size(), rows, String.join("\n  - ", refusals))),
                    refused(night));
        }
        stale(night).forEach((source, why) -> left.add(Failure.data(why), tables(night, source)));
        Outcome outcome = Outcome.of(
                rows, rows, "%d extracts of %d tables%s".formatted(extracts, byTable.size(), leftAlone(leftAlone)));
        return left.of(outcome);
    }

    private static String leftAlone(List<String> files) {
        String shown = files.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return files.isEmpty()
                ? ""
                : "; %d in the drops that are no delivery: %s%s"
                        .formatted(files.size(), shown, files.size() > SHOWN ? ", ..." : "");
    }

    private static String bronze(Intake.Accepted accepted) {
        return SourceSystem.bronze(
                accepted.extract().source(), accepted.extract().table());
    }

    /**
     * Tables of which this run refused an extract. A file that belongs to no table may be any table's, under a name that
     * somebody misspelled: it costs all tables of its source.
     */
    private static Set<String> refused(Night night) {
        Set<String> refused = new TreeSet<>();
        night.ledger().extracts().stream()
                .filter(e -> e.state() == Extract.State.REFUSED && e.runId().equals(night.runId()))
                .forEach(e -> {
                    String table = SourceSystem.bronze(e.source(), e.table());
                    Set<String> all = tables(night, e.source());
                    refused.addAll(all.contains(table) ? Set.of(table) : all);
                });
        return refused;
    }

    private static Set<String> tables(Night night, String source) {
        Set<String> tables = new TreeSet<>();
        night.systems().get(source).tables().keySet().forEach(t -> tables.add(SourceSystem.bronze(source, t)));
        return tables;
    }

    /** Sources of files that have been silent for too long, with the words for it. A database was asked just now, and answered. */
    private static Map<String, String> stale(Night night) {
        Map<String, String> stale = new LinkedHashMap<>();
        night.settings().sources().forEach((name, source) -> {
            if (night.systems().get(name).kind() == SourceSystem.Kind.FILES) {
                night.ledger().extracts().stream()
                        .filter(e -> e.source().equals(name) && e.state() != Extract.State.REFUSED)
                        .map(e -> LocalDate.parse(e.businessDate()))
                        .filter(date -> !date.isAfter(night.date()))
                        .max(LocalDate::compareTo)
                        .filter(date ->
                                date.plusDays(source.staleAfter().toDays()).isBefore(night.date()))
                        .ifPresent(date -> stale.put(
                                name,
                                ("The newest delivery of source %s is of %s, and %s is more than %d"
                                                + " days later: nothing is decided on old data. Deliver, or raise"
                                                + " sources.%s.stale-after")
                                        .formatted(
                                                name,
                                                date,
                                                night.date(),
                                                source.staleAfter().toDays(),
                                                name)));
            }
        });
        return stale;
    }

    /** A file whose pages are damaged behind a good footer is found when its rows are read: it is refused, and the others land. */
    private long landReadable(Night night, List<Intake.Accepted> accepted, List<String> refusals) {
        try {
            return land(night, accepted);
        } catch (Exception e) {
            // Spark throws what it does not declare.
            Map<Intake.Accepted, String> unreadable = new LinkedHashMap<>();
            accepted.forEach(a -> unreadable(night, a).ifPresent(why -> unreadable.put(a, why)));
            if (unreadable.isEmpty()) {
                throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
            }
            unreadable.forEach((a, why) -> {
                night.ledger().record(a.extract().refused(why));
                refusals.add(a.extract().location() + ": " + why);
            });
            List<Intake.Accepted> others =
                    accepted.stream().filter(a -> !unreadable.containsKey(a)).toList();
            return others.isEmpty() ? 0 : land(night, others);
        }
    }

    private static Optional<String> unreadable(Night night, Intake.Accepted accepted) {
        return accepted.parts().of(List.of()).stream()
                .filter(split -> split instanceof FileSplit file && file.file().type() == DropFile.Type.PARQUET)
                .flatMap(split -> ParquetRows.damage(night.lake().spark(), ((FileSplit) split).file()).stream())
                .findFirst();
    }

    private long land(Night night, List<Intake.Accepted> accepted) {
        List<Intake.Accepted> missing = accepted;
        Map<String, Long> there = new LinkedHashMap<>();
        if (accepted.stream().anyMatch(Intake.Accepted::retried)) {
            // Killed between the commit and the note of it: what is there is not appended again.
            there.putAll(there(night, accepted));
            missing = accepted.stream()
                    .filter(a -> !there.containsKey(a.extract().id()))
                    .toList();
        }
        if (!missing.isEmpty()) {
            there.putAll(landed(missing, append(night, missing)));
        }
        return note(night, accepted, there);
    }

    /** Rows of each extract, from what the commit says it wrote: no job is needed where the sum is right. */
    private static Map<String, Long> landed(List<Intake.Accepted> appended, long written) {
        Map<String, Long> rows = new LinkedHashMap<>();
        if (appended.size() == 1) {
            rows.put(appended.get(0).extract().id(), written);
            return rows;
        }
        long delivered =
                appended.stream().mapToLong(a -> a.extract().rowsDelivered()).sum();
        if (delivered != written) {
            throw Failure.data("%s: %d files delivered %d rows and bronze took %d"
                    .formatted(appended.get(0).extract().table(), appended.size(), delivered, written));
        }
        appended.forEach(a -> rows.put(a.extract().id(), a.extract().rowsDelivered()));
        return rows;
    }

    /** Appends and gives the rows that the commit wrote. */
    private static long append(Night night, List<Intake.Accepted> accepted) {
        Extract first = accepted.get(0).extract();
        String source = first.source();
        SourceTable table = night.systems().get(source).tables().get(first.table());
        Set<String> unknown = new LinkedHashSet<>();
        accepted.forEach(a -> unknown.addAll(a.unknown()));
        TableContract bronze = BronzeTable.contract(source, first.table(), table, unknown);
        List<String> columns = bronze.columns().stream()
                .skip(BronzeTable.LOAD.size())
                .map(ColumnContract::name)
                .toList();

        Set<String> notations = table.columns().entrySet().stream()
                .filter(c -> c.getValue().hasNotation())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<Dataset<Row>> delivered = new ArrayList<>();
        List<Split> splits = new ArrayList<>();
        List<Intake.Compared> compared = new ArrayList<>();
        for (Intake.Accepted a : accepted) {
            for (Split split : a.parts().of(columns)) {
                if (split instanceof FileSplit file && file.file().type() == DropFile.Type.PARQUET) {
                    delivered.add(ParquetRows.of(night.lake().spark(), file, columns, notations));
                } else {
                    splits.add(split);
                }
            }
            a.parts().compared(columns, notations).ifPresent(compared::add);
        }
        if (!splits.isEmpty()) {
            delivered.add(SplitRows.of(night.lake().spark(), splits, columns, notations));
        }
        compared.forEach(c -> delivered.add(c.rows()));
        Dataset<Row> rows = delivered.stream()
                .reduce(Dataset::unionByName)
                .orElseGet(() -> night.lake().read(bronze).limit(0));
        List<String> ids = accepted.stream().map(a -> a.extract().id()).toList();
        try {
            night.lake().append(bronze, rows, Once.of("ingest", ids));
        } finally {
            compared.forEach(c -> c.kept().unpersist());
        }
        return night.lake().lastWrite(bronze.name());
    }

    /** Extract id → its rows in bronze. */
    private static Map<String, Long> there(Night night, List<Intake.Accepted> accepted) {
        long least =
                accepted.stream().mapToLong(a -> a.extract().delivery()).min().orElseThrow();
        Map<String, Long> there = new LinkedHashMap<>();
        String bronze = SourceSystem.bronze(
                accepted.get(0).extract().source(), accepted.get(0).extract().table());
        if (night.versions().latest(bronze) > 0) {
            night.lake()
                    .read(bronze)
                    .filter("_delivery >= " + least)
                    .groupBy("_extract_id")
                    .count()
                    .collectAsList()
                    .forEach(r -> there.put(r.getString(0), r.getLong(1)));
        }
        return there;
    }

    /** Rows delivered = rows in bronze, for each extract. */
    private static long note(Night night, List<Intake.Accepted> accepted, Map<String, Long> there) {
        long total = 0;
        for (Intake.Accepted a : accepted) {
            long rows = there.getOrDefault(a.extract().id(), 0L);
            boolean query = a.extract().sha256() == null;
            if (!query && rows != a.extract().rowsDelivered()) {
                throw Failure.data("%s delivered %d rows and bronze holds %d of them"
                        .formatted(a.extract().location(), a.extract().rowsDelivered(), rows));
            }
            night.ledger().record(a.extract().landed(rows));
            total += rows;
        }
        return total;
    }
}
