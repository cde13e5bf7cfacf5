package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.codec.digest.DigestUtils;

/** Orders stages by what they read and write, decides which have to run, and runs independent ones side by side. */
public final class PlanRunner {

    /** Stages at a time. Two, because a night is many small jobs and more would only wait for each other's commits. */
    static final int SIDE_BY_SIDE = 2;

    private final List<Stage> stages;
    private final Night night;
    private final Events events;
    private final boolean force;
    private final SeenVersions seen;

    /** @param force runs what is up to date as well */
    public PlanRunner(List<Stage> stages, Night night, Events events, boolean force) {
        this.stages = ordered(stages);
        this.night = night;
        this.events = events;
        this.force = force;
        this.seen = night.seen();
    }

    /**
     * What would happen to a stage.
     *
     * @param runs whether it would run
     * @param why  the reason, in words
     */
    public record Planned(Stage stage, boolean runs, String why) {}

    /**
     * How a run ended.
     *
     * @param ran     stages that did their work to the end
     * @param skipped stages that were up to date
     * @param blocked stages that were not started, each with what it waited for in vain
     * @param reachedAnEnd whether a stage that no other waits for, as a publication, was done or up to date
     * @param failure the first failure with later ones suppressed in it, or null if all went well
     */
    public record Result(
            int ran, int skipped, Map<String, String> blocked, boolean reachedAnEnd, RuntimeException failure) {}

    /** The stages in an order in which everything is written before it is read. @throws IllegalStateException on a circle */
    public static List<Stage> ordered(List<Stage> stages) {
        List<Stage> left = new ArrayList<>(stages);
        List<Stage> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Stage next = left.stream()
                    .filter(s -> left.stream().noneMatch(other -> other != s && feeds(other, s)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("These stages wait for each other: "
                            + left.stream().map(Stage::name).toList()));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    /** True if {@code first} writes what {@code then} reads. */
    static boolean feeds(Stage first, Stage then) {
        return first.writes().stream().anyMatch(w -> then.reads().stream().anyMatch(r -> meets(w, r)));
    }

    static boolean meets(String a, String b) {
        return a.equals(b)
                || a.endsWith(".*") && b.startsWith(a.substring(0, a.length() - 1))
                || b.endsWith(".*") && a.startsWith(b.substring(0, b.length() - 1));
    }

    /** What a run would do now, in order, and why. */
    public List<Planned> plan() {
        List<Planned> planned = new ArrayList<>();
        for (Stage stage : stages) {
            Optional<Planned> cause = planned.stream()
                    .filter(p -> p.runs() && feeds(p.stage(), stage))
                    .findFirst();
            String why = cause.map(p -> p.stage().name() + " may write what it reads")
                    .orElseGet(() -> reasonToRun(stage));
            planned.add(new Planned(stage, why != null, why != null ? why : upToDate(stage)));
        }
        return planned;
    }

    /**
     * How one stage ended.
     *
     * @param missing tables that it could not bring up to date
     */
    private record Ended(Stage stage, boolean ran, RuntimeException failure, Set<String> missing) {}

    /**
     * Runs the plan. A stage that fails stops the stages that need what it writes, and theirs; all others run to their end.
     */
    public Result run() {
        events.planned(night.runId(), stages, night.ledger().usualSeconds());
        night.watched(events::working);
        ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        CompletionService<Ended> completions = new ExecutorCompletionService<>(pool);
        Set<Stage> waiting = new LinkedHashSet<>(stages);
        Set<Stage> running = new HashSet<>();
        List<Ended> ended = new ArrayList<>();
        Map<String, String> missing = new LinkedHashMap<>();
        Map<String, String> blocked = new LinkedHashMap<>();
        RuntimeException failure = null;
        try {
            while (!running.isEmpty() || !waiting.isEmpty()) {
                // A stage that is blocked makes others ready: stages are in order, so one pass meets them all.
                for (Stage stage : List.copyOf(waiting)) {
                    if (isReady(stage, waiting, running)) {
                        waiting.remove(stage);
                        Optional<String> cause = lacking(stage, missing);
                        if (cause.isPresent()) {
                            blocked.put(stage.name(), cause.get());
                            note(stage, cause.get());
                        } else {
                            running.add(stage);
                            completions.submit(() -> attempt(stage));
                        }
                    }
                }
                if (!running.isEmpty()) {
                    Ended one = completions.take().get();
                    running.remove(one.stage());
                    ended.add(one);
                    failure = first(failure, one.failure());
                    one.missing().forEach(table -> missing.putIfAbsent(table, cause(one.stage(), table)));
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The plan was interrupted", e);
        } finally {
            pool.shutdownNow();
            events.noLine();
        }
        long failed = ended.stream().filter(e -> e.failure() != null).count();
        long ran = ended.stream().filter(Ended::ran).count();
        boolean reachedAnEnd = ended.stream()
                .filter(e -> e.failure() == null && !e.stage().writes().isEmpty())
                .anyMatch(e -> stages.stream()
                        .noneMatch(s -> s != e.stage() && !s.writes().isEmpty() && feeds(e.stage(), s)));
        return new Result((int) (ran - failed), (int) (ended.size() - ran), blocked, reachedAnEnd, failure);
    }

    /** What a stage waits for in vain, or empty if it can start. Tables that it will not bring up to date become missing. */
    private Optional<String> lacking(Stage stage, Map<String, String> missing) {
        Map<String, String> needed = new LinkedHashMap<>();
        missing.forEach((table, cause) -> {
            if (stage.reads().stream().anyMatch(r -> meets(table, r))) {
                needed.put(table, cause);
            }
        });
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        String cause = needed.values().iterator().next();
        Set<String> lacks = stage.lacks(night, needed.keySet());
        lacks.forEach(table -> missing.putIfAbsent(table, cause));
        boolean isInVain = !stage.writes().isEmpty() && lacks.containsAll(stage.writes());
        return isInVain ? Optional.of(cause) : Optional.empty();
    }

    private static String cause(Stage stage, String table) {
        return stage.writes().contains(table) ? stage.name() + " failed" : stage.name() + " refused " + table;
    }

    private Ended attempt(Stage stage) {
        try {
            return runOrSkip(stage);
        } catch (RuntimeException e) {
            return new Ended(stage, true, e, Set.copyOf(stage.writes()));
        } catch (Error e) {
            return new Ended(
                    stage, true, new IllegalStateException(stage.name() + ": " + e, e), Set.copyOf(stage.writes()));
        }
    }

    private static RuntimeException first(RuntimeException earlier, RuntimeException next) {
        if (earlier != null && next != null) {
            earlier.addSuppressed(next);
        }
        return earlier != null ? earlier : next;
    }

    private static boolean isReady(Stage stage, Set<Stage> waiting, Set<Stage> running) {
        return waiting.stream().noneMatch(s -> s != stage && feeds(s, stage))
                && running.stream().noneMatch(s -> feeds(s, stage) || sharesOutput(s, stage));
    }

    static boolean sharesOutput(Stage a, Stage b) {
        return a.writes().stream().anyMatch(w -> b.writes().stream().anyMatch(v -> meets(w, v)));
    }

    private Ended runOrSkip(Stage stage) {
        Instant start = Instant.now();
        Stage.Outcome nothing = new Stage.Outcome(0, 0, 0, "");
        String why = reasonToRun(stage);
        if (why == null) {
            note(stage, StageRecord.Status.SKIPPED, upToDate(stage), start, nothing, null, null);
            return new Ended(stage, false, null, Set.of());
        }
        events.stageStarted(night.runId(), stage.name(), why);
        String fingerprint = fingerprint(stage);
        try {
            Stage.Outcome outcome = night.doing(stage.name(), () -> stage.run(night));
            Stage.Refused refused = outcome.refused().orElse(null);
            if (refused == null) {
                note(stage, StageRecord.Status.DONE, why, start, outcome, fingerprint, null);
                return new Ended(stage, true, null, Set.of());
            }
            note(stage, StageRecord.Status.FAILED, why, start, outcome, fingerprint, message(refused.why()));
            return new Ended(stage, true, refused.why(), refused.tables());
        } catch (Exception e) {
            // Spark throws what it does not declare.
            note(stage, StageRecord.Status.FAILED, why, start, nothing, fingerprint, message(e));
            throw e instanceof RuntimeException known ? known : new IllegalStateException(Failure.sentence(e), e);
        }
    }

    private void note(Stage stage, String blockedBy) {
        note(
                stage,
                StageRecord.Status.BLOCKED,
                blockedBy,
                Instant.now(),
                new Stage.Outcome(0, 0, 0, ""),
                null,
                "not started: " + blockedBy);
    }

    private void note(
            Stage stage,
            StageRecord.Status status,
            String why,
            Instant start,
            Stage.Outcome outcome,
            String fingerprint,
            String error) {
        boolean looked = status == StageRecord.Status.DONE || status == StageRecord.Status.FAILED;
        boolean wrote = status == StageRecord.Status.DONE || outcome.refused().isPresent();
        StageRecord record = new StageRecord(
                night.runId(),
                night.date().toString(),
                stage.name(),
                status,
                why,
                fingerprint,
                looked ? seen.of(stage) : Map.of(),
                wrote ? written(stage) : Map.of(),
                outcome.rowsIn(),
                outcome.rowsOut(),
                outcome.rowsQuarantined(),
                outcome.note(),
                start.toString(),
                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                error);
        night.ledger().record(record);
        events.stageEnded(record);
    }

    private Map<String, Long> written(Stage stage) {
        Map<String, Long> written = new TreeMap<>(seen.latest(stage.writes()));
        written.replaceAll((table, version) -> standing(stage, table, version));
        return written;
    }

    private long standing(Stage stage, String table, long version) {
        return stage.stands(night, table).orElse(version);
    }

    private static String message(Throwable e) {
        String text = Failure.sentence(e);
        return text.length() <= 2000 ? text : text.substring(0, 2000) + " ...";
    }

    /** Why the stage has to run, or null if it is up to date. */
    private String reasonToRun(Stage stage) {
        if (force) {
            return "asked for with --force";
        }
        Optional<StageRecord> last =
                night.ledger().lastDone(stage.name(), night.date().toString());
        if (last.isEmpty()) {
            return "never ran for " + night.date();
        }
        for (Map.Entry<String, Long> output : last.get().outputs().entrySet()) {
            if (standing(stage, output.getKey(), seen.latest(output.getKey())) < output.getValue()) {
                return output.getKey() + " is no longer what it wrote";
            }
        }
        if (last.get().fingerprint().equals(fingerprint(stage))) {
            return null;
        }
        Map<String, Long> now = seen.of(stage);
        for (Map.Entry<String, Long> input : now.entrySet()) {
            Long before = last.get().inputs().get(input.getKey());
            if (!input.getValue().equals(before)) {
                return "%s moved from version %s to %d".formatted(input.getKey(), before, input.getValue());
            }
        }
        return stage.heeds(night).isEmpty() ? "Millrace itself changed" : "its configuration, files or code changed";
    }

    private String upToDate(Stage stage) {
        return "up to date since run "
                + night.ledger()
                        .lastDone(stage.name(), night.date().toString())
                        .map(StageRecord::runId)
                        .orElse("?");
    }

    private String fingerprint(Stage stage) {
        String text = String.join(
                "\n",
                stage.name(),
                CodeVersion.get(),
                night.date().toString(),
                Long.toString(night.settings().seed()),
                stage.heeds(night),
                seen.of(stage).toString());
        return DigestUtils.sha256Hex(text);
    }

    /** The stages that {@code from} to {@code to} ask for, in order. @throws Failure of kind USAGE for an unknown one */
    public static List<Stage> between(List<Stage> stages, String from, String to) {
        List<Stage> ordered = ordered(stages);
        int first = from == null ? 0 : indexOf(ordered, from, true);
        int last = to == null ? ordered.size() - 1 : indexOf(ordered, to, false);
        if (first > last) {
            throw Failure.usage("--from %s comes after --to %s".formatted(from, to));
        }
        return ordered.subList(first, last + 1);
    }

    /** The stages of these names. A phase, as in {@code score}, names all of its stages. */
    public static List<Stage> named(List<Stage> stages, List<String> names) {
        List<Stage> found = new ArrayList<>();
        for (String name : names) {
            indexOf(stages, name, true);
            stages.stream().filter(s -> isNamed(s, name)).forEach(found::add);
        }
        return found;
    }

    private static boolean isNamed(Stage stage, String name) {
        return stage.name().equals(name) || stage.name().startsWith(name + "-");
    }

    private static int indexOf(List<Stage> stages, String name, boolean first) {
        List<String> names = stages.stream().map(Stage::name).toList();
        int found = -1;
        for (int i = 0; i < stages.size(); i++) {
            if (isNamed(stages.get(i), name) && (found < 0 || !first)) {
                found = i;
            }
        }
        if (found < 0) {
            throw Failure.usage("There is no stage '%s'%s. Stages: %s"
                    .formatted(name, Problems.didYouMean(name, names), String.join(", ", names)));
        }
        return found;
    }
}
