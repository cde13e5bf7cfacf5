package io.millrace.nightly.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.lake.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What Millrace remembers from night to night: runs, stages, extracts. Every event is a small file of its own that
 * appears whole or not at all, so a crash loses nothing and a stage costs no Delta commit; the end of a night folds the
 * events into one state file and what is settled into {@code ops.*}. Reading it needs no Spark.
 */
public final class Ledger {

    private static final int RUNS_KEPT = 100;
    /** Nights that tell how long the next takes: fewer would make much of one that trained, more would remember a smaller company. */
    private static final int NIGHTS_LIKE = 5;
    /** Runs whose stages are kept whole, however they ended; as many as {@code status} shows. */
    private static final int RUNS_TOLD = 10;

    private final LedgerFiles files;
    private State state;
    private long nextEvent;
    private Runnable guard = () -> {};

    /** Everything remembered, and whose tenure told it. Keys: run id; business date; stage and date; extract id; table then business date. */
    record State(
            long tenure,
            long lastEvent,
            long lastDelivery,
            Map<String, RunRecord> runs,
            Map<String, Integer> runsOfDate,
            Map<String, StageRecord> stages,
            Map<String, Extract> extracts,
            Map<String, TreeMap<String, Long>> written,
            List<RunRecord> unfoldedRuns,
            List<StageRecord> unfoldedStages,
            List<Extract> unfoldedExtracts,
            List<StageRecord> told,
            Folding folding,
            Map<String, TreeMap<Long, Long>> compacted,
            Map<String, List<String>> currencies) {

        State {
            // A ledger of a version that did not tell of stages that failed has no such list.
            told = told == null ? new ArrayList<>() : told;
            compacted = compacted == null ? new LinkedHashMap<>() : compacted;
            currencies = currencies == null ? new TreeMap<>() : currencies;
        }

        static State empty() {
            return new State(
                    0,
                    0,
                    0,
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    null,
                    null,
                    null,
                    null);
        }

        /** The same books with other numbers. */
        State with(long event, long delivery, Folding carrying) {
            return with(tenure, event, delivery, carrying);
        }

        State with(long holder, long event, long delivery, Folding carrying) {
            return new State(
                    holder,
                    event,
                    delivery,
                    runs,
                    runsOfDate,
                    stages,
                    extracts,
                    written,
                    unfoldedRuns,
                    unfoldedStages,
                    unfoldedExtracts,
                    told,
                    carrying,
                    compacted,
                    currencies);
        }
    }

    /**
     * Books that were begun to be carried to {@code ops.*}, and of which nobody knows yet whether they arrived.
     *
     * @param number numbers the carrying, so that it happens once
     */
    record Folding(long number, int runs, int stages, int extracts) {}

    /** Versions that say the same: only the files of a table were put together in between. */
    record Compacted(String table, long version, long says) {}

    /** One thing that happened; all but one of its parts are null. */
    record Event(
            RunRecord run,
            StageRecord stage,
            Extract extract,
            Folding folding,
            Compacted compacted,
            Map<String, List<String>> currencies) {

        Event(RunRecord run, StageRecord stage, Extract extract, Folding folding) {
            this(run, stage, extract, folding, null, null);
        }
    }

    private Ledger(LedgerFiles files) {
        this.files = files;
    }

    /** The ledger of the lake at {@code root}; empty if there is none yet. */
    public static Ledger open(String root, Configuration hadoop) {
        Path folder = new Path(root, "_ledger");
        try {
            Ledger ledger = new Ledger(new LedgerFiles(Storage.at(folder, hadoop), folder));
            ledger.load();
            return ledger;
        } catch (IOException e) {
            throw Storage.failure(folder, e);
        }
    }

    /** Asks before every write. @param before throws where nothing may be written any more */
    public synchronized void guardedBy(Runnable before) {
        this.guard = before;
    }

    /**
     * Begins the tenure of whoever has just taken the lake. Its number, which no holder had before, stands in the name of each event: what an earlier holder
     * writes later, because it does not know yet that it has lost the lake, is passed over (a fencing token; Kleppmann, 2017, chapter 8).
     *
     * @param before throws where nothing may be written any more
     * @return the number
     */
    public synchronized long begin(Runnable before) {
        guardedBy(before);
        state = state.with(state.tenure() + 1, state.lastEvent(), state.lastDelivery(), state.folding());
        note(new Event(null, null, null, null));
        return state.tenure();
    }

    private void load() throws IOException {
        state = files.state();
        nextEvent = state.lastEvent() + 1;
        List<LedgerFiles.Place> events = files.events();
        for (int i = 0; i < events.size(); i++) {
            LedgerFiles.Place event = events.get(i);
            boolean isOverruled = i + 1 < events.size() && events.get(i + 1).number() == event.number();
            if (event.number() > state.lastEvent() && event.tenure() >= state.tenure() && !isOverruled) {
                apply(files.event(event));
                state = state.with(event.tenure(), state.lastEvent(), state.lastDelivery(), state.folding());
                nextEvent = event.number() + 1;
            }
        }
    }

    private void apply(Event event) {
        if (event.run() != null) {
            RunRecord run = event.run();
            if (state.runs().put(run.runId(), run) == null) {
                state.runsOfDate().merge(run.businessDate(), 1, Integer::sum);
            }
            if (run.status() != RunRecord.Status.RUNNING) {
                state.unfoldedRuns().add(run);
            }
        }
        if (event.stage() != null) {
            StageRecord stage = event.stage();
            state.unfoldedStages().add(stage);
            state.told().add(stage);
            if (stage.status() == StageRecord.Status.DONE) {
                state.stages().put(stage.stage() + "@" + stage.businessDate(), stage);
            }
            // A stage that refused a part wrote the rest.
            stage.outputs()
                    .forEach((table, version) -> state.written()
                            .computeIfAbsent(table, t -> new TreeMap<>())
                            .put(stage.businessDate(), version));
        }
        if (event.extract() != null) {
            Extract extract = event.extract();
            Extract before = state.extracts().put(extract.id(), extract);
            if (extract.isSettled() && (before == null || !before.equals(extract))) {
                state.unfoldedExtracts().add(extract);
            }
            state = state.with(state.lastEvent(), Math.max(state.lastDelivery(), extract.delivery()), state.folding());
        }
        if (event.compacted() != null) {
            Compacted c = event.compacted();
            state.compacted().computeIfAbsent(c.table(), t -> new TreeMap<>()).put(c.version(), c.says());
        }
        if (event.currencies() != null) {
            state.currencies().clear();
            state.currencies().putAll(event.currencies());
        }
        if (event.folding() != null) {
            state = state.with(state.lastEvent(), state.lastDelivery(), event.folding());
        }
    }

    public synchronized void record(RunRecord run) {
        note(new Event(run, null, null, null));
    }

    public synchronized void record(StageRecord stage) {
        note(new Event(null, stage, null, null));
    }

    public synchronized void record(Extract extract) {
        note(new Event(null, null, extract, null));
    }

    /** Table of silver → the currencies that its rows name, as somebody looked last. */
    public synchronized Map<String, List<String>> currencies() {
        return new TreeMap<>(state.currencies());
    }

    /** Somebody looked. @param named table of silver → the currencies that its rows name */
    public synchronized void currencies(Map<String, List<String>> named) {
        if (!named.equals(state.currencies())) {
            note(new Event(null, null, null, null, null, new TreeMap<>(named)));
        }
    }

    /** A table's files were put together: {@code version} says what {@code says} said, and nobody has to read it anew. */
    public synchronized void compacted(String table, long version, long says) {
        note(new Event(null, null, null, null, new Compacted(table, version, unchanged(table, says)), null));
    }

    /** The version whose rows a version has: itself, or the one before its files were put together. */
    public synchronized long unchanged(String table, long version) {
        TreeMap<Long, Long> same = state.compacted().get(table);
        return same == null ? version : same.getOrDefault(version, version);
    }

    /** The version of a table when its files were looked after last; 0 if they never were. */
    public synchronized long lookedAfter(String table) {
        TreeMap<Long, Long> same = state.compacted().get(table);
        return same == null ? 0 : same.lastKey();
    }

    /** The oldest version of each table that a stage of a night from {@code date} on read or wrote. */
    public synchronized Map<String, Long> oldestNamed(String date) {
        Map<String, Long> oldest = new TreeMap<>();
        state.stages().values().stream()
                .filter(stage -> stage.businessDate().compareTo(date) >= 0)
                .flatMap(
                        stage -> Stream.concat(stage.inputs().entrySet().stream(), stage.outputs().entrySet().stream()))
                .filter(named -> named.getValue() >= 0)
                .forEach(named -> oldest.merge(named.getKey(), named.getValue(), Math::min));
        return oldest;
    }

    /** Forgets how the stages of nights before {@code date} ended, which {@code ops.stage_run} keeps: they cannot be replayed any more. */
    public synchronized void forgetBefore(String date) {
        state.stages().values().removeIf(stage -> stage.businessDate().compareTo(date) < 0);
        state.written().values().forEach(dates -> {
            // The last of them is what later nights see.
            String last = dates.lowerKey(date);
            if (last != null) {
                dates.headMap(last, false).clear();
            }
        });
        compact();
    }

    /**
     * Forgets that there were nights of {@code date} and later: no night finds what they wrote up to date, and none is the newest. What earlier
     * ones published was superseded by them, so it is not up to date either. {@code ops.run} keeps them all.
     */
    public synchronized void forgetFrom(String date) {
        state.runs().values().removeIf(run -> run.businessDate().compareTo(date) >= 0);
        state.stages()
                .values()
                .removeIf(stage -> stage.businessDate().compareTo(date) >= 0
                        || stage.outputs().keySet().stream().anyMatch(table -> table.startsWith("staging.")));
        state.written().values().forEach(dates -> dates.tailMap(date, true).clear());
        compact();
    }

    /** Takes over what another ledger knows of extracts, in one file. */
    public synchronized void adopt(Collection<Extract> extracts) {
        extracts.forEach(extract -> apply(new Event(null, null, extract, null)));
        compact();
    }

    private void note(Event event) {
        guard.run();
        try {
            files.write(nextEvent, state.tenure(), event);
            nextEvent++;
            apply(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number greater than that of any extract seen. */
    public synchronized long nextDelivery() {
        return state.lastDelivery() + 1;
    }

    public synchronized Collection<Extract> extracts() {
        return List.copyOf(state.extracts().values());
    }

    public synchronized Optional<Extract> extract(String id) {
        return Optional.ofNullable(state.extracts().get(id));
    }

    /** The last time the stage was done for the date. */
    public synchronized Optional<StageRecord> lastDone(String stage, String businessDate) {
        return Optional.ofNullable(state.stages().get(stage + "@" + businessDate));
    }

    /** The last time that each stage was done for the date; none once the night is forgotten. */
    public synchronized List<StageRecord> done(String businessDate) {
        return state.stages().values().stream()
                .filter(stage -> stage.businessDate().equals(businessDate))
                .toList();
    }

    /** Stage → seconds that it took: the median of the last nights on which it was done, {@value #NIGHTS_LIKE} at most. */
    public synchronized Map<String, Double> usualSeconds() {
        Map<String, List<StageRecord>> byStage =
                state.stages().values().stream().collect(Collectors.groupingBy(StageRecord::stage));
        Map<String, Double> usual = new TreeMap<>();
        byStage.forEach((stage, records) -> {
            double[] last = records.stream()
                    .sorted(Comparator.comparing(StageRecord::startedAt).reversed())
                    .limit(NIGHTS_LIKE)
                    .mapToDouble(StageRecord::seconds)
                    .sorted()
                    .toArray();
            usual.put(stage, (last[(last.length - 1) / 2] + last[last.length / 2]) / 2);
        });
        return usual;
    }

    /**
     * The version of a table that the night of {@code businessDate} sees: the greatest that a night of that date or an
     * earlier one wrote, or -1. What later nights wrote was not known then.
     */
    public synchronized long versionSeen(String table, String businessDate) {
        TreeMap<String, Long> writes = state.written().get(table);
        return writes == null
                ? -1
                : writes.headMap(businessDate, true).values().stream()
                        .max(Long::compare)
                        .orElse(-1L);
    }

    /** The last night before a date that wrote a table. */
    public synchronized Optional<String> nightBefore(String table, String businessDate) {
        TreeMap<String, Long> writes = state.written().get(table);
        return writes == null ? Optional.empty() : Optional.ofNullable(writes.lowerKey(businessDate));
    }

    /** The greatest version that any stage recorded for the table, or -1. */
    public synchronized long versionRecorded(String table) {
        TreeMap<String, Long> writes = state.written().get(table);
        return writes == null ? -1 : writes.values().stream().max(Long::compare).orElse(-1L);
    }

    /** Runs, the newest last; as many as are kept beside {@code ops.run}. */
    public synchronized List<RunRecord> runs() {
        return List.copyOf(state.runs().values());
    }

    /** Runs that ever began for a business date, those that are no longer kept among them. */
    public synchronized int runsOf(String businessDate) {
        return state.runsOfDate().getOrDefault(businessDate, 0);
    }

    /** How the stages of a run ended: all of them for the last runs, those done last for older ones. */
    public synchronized List<StageRecord> stagesOf(String runId) {
        Map<String, StageRecord> byStage = new LinkedHashMap<>();
        state.stages().values().stream().filter(s -> s.runId().equals(runId)).forEach(s -> byStage.put(s.stage(), s));
        Stream.of(state.told(), state.unfoldedStages())
                .flatMap(List::stream)
                .filter(s -> s.runId().equals(runId))
                .forEach(s -> byStage.put(s.stage(), s));
        return List.copyOf(byStage.values());
    }

    /**
     * What has ended and is to be carried to {@code ops.*} now. Where that was begun before and not seen to end, the same records under the
     * same number once more, and what came since stays for the next time.
     */
    public synchronized Unfolded unfolded() {
        if (state.folding() == null) {
            note(new Event(
                    null,
                    null,
                    null,
                    new Folding(
                            nextEvent,
                            state.unfoldedRuns().size(),
                            state.unfoldedStages().size(),
                            state.unfoldedExtracts().size())));
        }
        Folding folding = state.folding();
        return new Unfolded(
                folding.number(),
                List.copyOf(state.unfoldedRuns().subList(0, folding.runs())),
                List.copyOf(state.unfoldedStages().subList(0, folding.stages())),
                List.copyOf(state.unfoldedExtracts().subList(0, folding.extracts())));
    }

    /** Whether records wait to be carried to {@code ops.*}. */
    public synchronized boolean hasUnfolded() {
        return !state.unfoldedRuns().isEmpty()
                || !state.unfoldedStages().isEmpty()
                || !state.unfoldedExtracts().isEmpty();
    }

    /**
     * Whether what changed the lake waits to be carried: a process that was killed as it closed its books left it, and the run after it finds
     * everything up to date.
     */
    public synchronized boolean owesBooks() {
        return !state.unfoldedExtracts().isEmpty()
                || state.unfoldedStages().stream()
                        .anyMatch(stage -> stage.status() == StageRecord.Status.DONE
                                && stage.outputs().values().stream().anyMatch(version -> version >= 0));
    }

    /** What waits for the tables of {@code ops}. {@code number} is that of the carrying, so that it happens once. */
    public record Unfolded(long number, List<RunRecord> runs, List<StageRecord> stages, List<Extract> extracts) {}

    /** Forgets what {@code folded} held, now that {@code ops.*} keeps it, and replaces the events by one state file. */
    public synchronized void fold(Unfolded folded) {
        state.unfoldedRuns().subList(0, folded.runs().size()).clear();
        state.unfoldedStages().subList(0, folded.stages().size()).clear();
        state.unfoldedExtracts().subList(0, folded.extracts().size()).clear();
        state = state.with(state.lastEvent(), state.lastDelivery(), null);
        compact();
    }

    /** Replaces the events by one state file. */
    public synchronized void compact() {
        guard.run();
        while (state.runs().size() > RUNS_KEPT) {
            state.runs().remove(state.runs().keySet().iterator().next());
        }
        List<String> runIds = List.copyOf(state.runs().keySet());
        Set<String> told = Set.copyOf(runIds.subList(Math.max(0, runIds.size() - RUNS_TOLD), runIds.size()));
        state.told().removeIf(s -> !told.contains(s.runId()));
        State compacted = state.with(nextEvent - 1, state.lastDelivery(), state.folding());
        try {
            files.replace(compacted);
            state = compacted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folder of the ledger. */
    public Path folder() {
        return files.folder();
    }

    /** {@code value} as the ledger writes JSON; for the JSON columns of {@code ops.*}. */
    public static String json(Object value) {
        try {
            return LedgerFiles.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(Arrays.toString(new Object[] {value}), e);
        }
    }
}
