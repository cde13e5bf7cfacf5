package io.millrace.nightly.plan;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.lake.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Millrace remembers from night to night: runs, stages, extracts. Every event is a small file of its own that
 * appears whole or not at all, so a crash loses nothing and a stage costs no Delta commit; the end of a night folds the
 * events into one state file and what is settled into {@code ops.*}. Reading it needs no Spark.
 */
public final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .setVisibility(com.fasterxml.jackson.annotation.PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE);
    private static final String STATE = "state.json";
    private static final String PREVIOUS = "state.previous.json";

    /** Stands behind the JSON of a state, before the SHA-256 of what is in front of it. */
    private static final String SEAL = "\n#sha256:";

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int RUNS_KEPT = 100;
    /** Runs whose stages are kept whole, however they ended; as many as {@code status} shows. */
    private static final int RUNS_TOLD = 10;

    private final FileSystem files;
    private final Path folder;
    private State state;
    private long nextEvent;
    private Runnable guard = () -> {};

    /** Everything remembered. Keys: run id; business date; stage and date; extract id; table then business date. */
    record State(
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
            Map<String, TreeMap<Long, Long>> compacted) {

        State {
            // A ledger of a version that did not tell of stages that failed has no such list.
            told = told == null ? new ArrayList<>() : told;
            compacted = compacted == null ? new LinkedHashMap<>() : compacted;
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
    record Event(RunRecord run, StageRecord stage, Extract extract, Folding folding, Compacted compacted) {

        Event(RunRecord run, StageRecord stage, Extract extract, Folding folding) {
            this(run, stage, extract, folding, null);
        }
    }

    private Ledger(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** The ledger of the lake at {@code root}; empty where there is none yet. */
    public static Ledger open(String root, Configuration hadoop) {
        Path folder = new Path(root, "_ledger");
        try {
            Ledger ledger = new Ledger(Storage.at(folder, hadoop), folder);
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

    private void load() throws IOException {
        state = readState();
        List<Long> numbers = new ArrayList<>();
        for (FileStatus status : events()) {
            String name = status.getPath().getName();
            if (name.matches("\\d{12}\\.json")) {
                numbers.add(Long.parseLong(name.substring(0, 12)));
            }
        }
        numbers.sort(null);
        nextEvent = state.lastEvent() + 1;
        for (long number : numbers) {
            if (number > state.lastEvent()) {
                apply(JSON.readValue(readText(event(number)), Event.class));
                nextEvent = number + 1;
            }
        }
    }

    private State readState() throws IOException {
        try {
            return sealed(new Path(folder, STATE));
        } catch (FileNotFoundException e) {
            return previousState();
        } catch (IOException e) {
            // The events since the state before are kept, so nothing is lost.
            LOG.warn("{}; the state before it is taken", e.getMessage());
            return previousState();
        }
    }

    private State previousState() throws IOException {
        try {
            return sealed(new Path(folder, PREVIOUS));
        } catch (FileNotFoundException e) {
            return new State(
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
                    new ArrayList<>(),
                    null,
                    new LinkedHashMap<>());
        }
    }

    /** A state as it was sealed. @throws IOException where it is not whole; one of an older version has no seal */
    private State sealed(Path path) throws IOException {
        String text = readText(path);
        int seal = text.lastIndexOf(SEAL);
        String json = seal < 0 ? text : text.substring(0, seal);
        if (seal >= 0 && !text.substring(seal + SEAL.length()).equals(sha256(json))) {
            throw new IOException(path + " is damaged: its SHA-256 is not the one that it was sealed with");
        }
        return JSON.readValue(json, State.class);
    }

    private static String sha256(String text) {
        return DigestUtils.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
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
            state = new State(
                    state.lastEvent(),
                    Math.max(state.lastDelivery(), extract.delivery()),
                    state.runs(),
                    state.runsOfDate(),
                    state.stages(),
                    state.extracts(),
                    state.written(),
                    state.unfoldedRuns(),
                    state.unfoldedStages(),
                    state.unfoldedExtracts(),
                    state.told(),
                    state.folding(),
                    state.compacted());
        }
        if (event.compacted() != null) {
            Compacted c = event.compacted();
            state.compacted().computeIfAbsent(c.table(), t -> new TreeMap<>()).put(c.version(), c.says());
        }
        if (event.folding() != null) {
            state = folding(event.folding());
        }
    }

    private State folding(Folding folding) {
        return new State(
                state.lastEvent(),
                state.lastDelivery(),
                state.runs(),
                state.runsOfDate(),
                state.stages(),
                state.extracts(),
                state.written(),
                state.unfoldedRuns(),
                state.unfoldedStages(),
                state.unfoldedExtracts(),
                state.told(),
                folding,
                state.compacted());
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

    /** A table's files were put together: {@code version} says what {@code says} said, and nobody has to read it anew. */
    public synchronized void compacted(String table, long version, long says) {
        note(new Event(null, null, null, null, new Compacted(table, version, unchanged(table, says))));
    }

    /** The version whose rows a version has: itself, or the one before its files were put together. */
    public synchronized long unchanged(String table, long version) {
        TreeMap<Long, Long> same = state.compacted().get(table);
        return same == null ? version : same.getOrDefault(version, version);
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

    /** Takes over what another ledger knows of extracts, in one file. */
    public synchronized void adopt(Collection<Extract> extracts) {
        extracts.forEach(extract -> apply(new Event(null, null, extract, null)));
        compact();
    }

    private void note(Event event) {
        guard.run();
        try {
            writeWhole(event(nextEvent), JSON.writeValueAsBytes(event));
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

    /** What waits for the tables of {@code ops}. {@code number} is that of the carrying, so that it happens once. */
    public record Unfolded(long number, List<RunRecord> runs, List<StageRecord> stages, List<Extract> extracts) {}

    /** Forgets what {@code folded} held, now that {@code ops.*} keeps it, and replaces the events by one state file. */
    public synchronized void fold(Unfolded folded) {
        state.unfoldedRuns().subList(0, folded.runs().size()).clear();
        state.unfoldedStages().subList(0, folded.stages().size()).clear();
        state.unfoldedExtracts().subList(0, folded.extracts().size()).clear();
        state = folding(null);
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
        State compacted = new State(
                nextEvent - 1,
                state.lastDelivery(),
                state.runs(),
                state.runsOfDate(),
                state.stages(),
                state.extracts(),
                state.written(),
                state.unfoldedRuns(),
                state.unfoldedStages(),
                state.unfoldedExtracts(),
                state.told(),
                state.folding(),
                state.compacted());
        try {
            // What has to be there for the state before to be taken up, should this one be damaged, stays until the
            // next.
            long before = keepPrevious();
            String json = JSON.writeValueAsString(compacted);
            writeWhole(new Path(folder, STATE), (json + SEAL + sha256(json)).getBytes(StandardCharsets.UTF_8));
            state = compacted;
            for (FileStatus status : events()) {
                String name = status.getPath().getName();
                if (name.matches("\\d{12}\\.json") && Long.parseLong(name.substring(0, 12)) <= before) {
                    files.delete(status.getPath(), false);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the state that is about to be replaced, where it is whole. @return number of the last event in what is kept */
    private long keepPrevious() throws IOException {
        Path now = new Path(folder, STATE);
        try {
            long last = sealed(now).lastEvent();
            writeWhole(new Path(folder, PREVIOUS), readText(now).getBytes(StandardCharsets.UTF_8));
            return last;
        } catch (FileNotFoundException e) {
            return 0;
        } catch (IOException e) {
            LOG.warn("{}; the state before it is kept", e.getMessage());
            return previousState().lastEvent();
        }
    }

    /** Folder of the ledger. */
    public Path folder() {
        return folder;
    }

    private FileStatus[] events() throws IOException {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private Path event(long number) {
        return new Path(folder, "%012d.json".formatted(number));
    }

    private String readText(Path path) throws IOException {
        try (var in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The file appears whole or not at all. */
    private void writeWhole(Path path, byte[] bytes) throws IOException {
        if (Storage.appearsWhenClosed(files, path)) {
            Storage.put(files, path, bytes);
            return;
        }
        if (files.getScheme().equals("file")) {
            writeLocally(java.nio.file.Path.of(path.toUri().getPath()), bytes);
            return;
        }
        Path temporary = new Path(folder, "." + path.getName() + ".tmp");
        try (FSDataOutputStream out = files.create(temporary, true)) {
            out.write(bytes);
            out.hsync();
        }
        if (!files.rename(temporary, path)) {
            // HDFS takes the place of a file, as the state file's, only where it is asked to; then at once.
            FileContext.getFileContext(files.getUri(), files.getConf())
                    .rename(temporary, path, Options.Rename.OVERWRITE);
        }
    }

    /** Hadoop's local file system has a checksum in a file of its own beside each, and does not wait for the disk. */
    private static void writeLocally(java.nio.file.Path path, byte[] bytes) throws IOException {
        java.nio.file.Path directory = path.getParent();
        Files.createDirectories(directory);
        java.nio.file.Path temporary = directory.resolve("." + path.getFileName() + ".tmp");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.deleteIfExists(directory.resolve("." + path.getFileName() + ".crc"));
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    /** {@code value} as the ledger writes JSON; for the JSON columns of {@code ops.*}. */
    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(Arrays.toString(new Object[] {value}), e);
        }
    }
}
