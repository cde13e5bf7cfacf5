package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Orders stages by what they read and write, decides which have to run, and runs independent ones side by side. */
public final class PlanRunner {

    /** Stages at a time. Two, because a night is many small jobs and more would only wait for each other's commits. */
    private static final int SIDE_BY_SIDE = 2;

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
     * @param failure the first failure with later ones suppressed in it, or null where all went well
     */
    public record Result(int ran, int skipped, RuntimeException failure) {}

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

    /** True where {@code first} writes what {@code then} reads. */
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

    /** How one stage ended. */
    private record Ended(Stage stage, boolean ran, RuntimeException failure) {}

    /** Runs the plan. After a failure no stage starts any more, and those under way are waited for. */
    public Result run() {
        ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        CompletionService<Ended> completions = new ExecutorCompletionService<>(pool);
        Set<Stage> waiting = new LinkedHashSet<>(stages);
        Set<Stage> running = new HashSet<>();
        List<Ended> ended = new ArrayList<>();
        RuntimeException failure = null;
        try {
            while (!running.isEmpty() || failure == null && !waiting.isEmpty()) {
                for (Stage stage : failure == null ? List.copyOf(waiting) : List.<Stage>of()) {
                    if (isReady(stage, waiting, running)) {
                        waiting.remove(stage);
                        running.add(stage);
                        completions.submit(() -> attempt(stage));
                    }
                }
                Ended one = completions.take().get();
                running.remove(one.stage());
                ended.add(one);
                failure = first(failure, one.failure());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The plan was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
        long failed = ended.stream().filter(e -> e.failure() != null).count();
        long ran = ended.stream().filter(Ended::ran).count();
        return new Result((int) (ran - failed), (int) (ended.size() - ran), failure);
    }

    private Ended attempt(Stage stage) {
        try {
            return new Ended(stage, runOrSkip(stage), null);
        } catch (RuntimeException e) {
            return new Ended(stage, true, e);
        } catch (Error e) {
            return new Ended(stage, true, new IllegalStateException(stage.name() + ": " + e, e));
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

    private static boolean sharesOutput(Stage a, Stage b) {
        return a.writes().stream().anyMatch(w -> b.writes().stream().anyMatch(v -> meets(w, v)));
    }

    private boolean runOrSkip(Stage stage) {
        Instant start = Instant.now();
        String why = reasonToRun(stage);
        if (why == null) {
            note(stage, StageRecord.Status.SKIPPED, upToDate(stage), start, new Stage.Outcome(0, 0, 0, ""), null, null);
            return false;
        }
        events.stageStarted(night.runId(), stage.name(), why);
        String fingerprint = fingerprint(stage);
        try {
            Stage.Outcome outcome = stage.run(night);
            note(stage, StageRecord.Status.DONE, why, start, outcome, fingerprint, null);
            return true;
        } catch (RuntimeException e) {
            note(stage, StageRecord.Status.FAILED, why, start, new Stage.Outcome(0, 0, 0, ""), fingerprint, message(e));
            throw e;
        }
    }

    private void note(
            Stage stage,
            StageRecord.Status status,
            String why,
            Instant start,
            Stage.Outcome outcome,
            String fingerprint,
            String error) {
        StageRecord record = new StageRecord(
                night.runId(),
                night.date().toString(),
                stage.name(),
                status,
                why,
                fingerprint,
                status == StageRecord.Status.SKIPPED ? Map.of() : seen.of(stage),
                status == StageRecord.Status.DONE ? seen.latest(stage.writes()) : Map.of(),
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

    private static String message(Throwable e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.length() <= 2000 ? text : text.substring(0, 2000) + " ...";
    }

    /** Why the stage has to run, or null where it is up to date. */
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
            if (seen.latest(output.getKey()) < output.getValue()) {
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
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
