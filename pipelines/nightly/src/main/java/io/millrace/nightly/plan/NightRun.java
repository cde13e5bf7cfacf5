package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import io.millrace.lake.Once;
import io.millrace.nightly.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/** One run: takes the lock, gives the run its name or takes up an interrupted one, runs the plan, closes the books. */
public final class NightRun {

    private final Settings settings;
    private final Path confFolder;
    private final Events events;

    public NightRun(Settings settings, Path confFolder, Events events) {
        this.settings = settings;
        this.confFolder = confFolder;
        this.events = events;
    }

    /**
     * Runs stages for a business date.
     *
     * @param command what was asked for; a run that was killed is taken up again by the same command for the same date
     * @throws Failure  where data, an outside system or another run stand in the way
     */
    public RunRecord run(LocalDate date, List<Stage> stages, String command, boolean force) {
        Configuration hadoop = settings.lake().hadoop();
        try (LakeLock lock = LakeLock.take(settings.lake().root(), "run " + command + " of " + date, hadoop)) {
            Ledger ledger = Ledger.open(settings.lake().root(), hadoop);
            RunRecord run = begin(ledger, date, command);
            events.runStarted(run);
            try (Night night =
                    new Night(settings, confFolder, date, run.runId(), Instant.parse(run.startedAt()), ledger)) {
                return runPlan(night, run, new PlanRunner(stages, night, events, force));
            }
        }
    }

    /** What a run would do, without doing it. */
    public <T> T look(LocalDate date, Function<Night, T> question) {
        Ledger ledger = Ledger.open(settings.lake().root(), settings.lake().hadoop());
        try (Night night = new Night(settings, confFolder, date, "none", Instant.EPOCH, ledger)) {
            return question.apply(night);
        }
    }

    private RunRecord begin(Ledger ledger, LocalDate date, String command) {
        List<RunRecord> ofDate = ledger.runs().stream()
                .filter(r -> r.businessDate().equals(date.toString()))
                .toList();
        RunRecord last = ofDate.isEmpty() ? null : ofDate.get(ofDate.size() - 1);
        boolean interrupted = last != null
                && last.status() == RunRecord.Status.RUNNING
                && last.command().equals(command);
        RunRecord run = interrupted
                ? last.taken(last.resumed() + 1)
                : new RunRecord(
                        date + "-" + (ofDate.size() + 1),
                        date.toString(),
                        command,
                        RunRecord.Status.RUNNING,
                        Instant.now().toString(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        CodeVersion.get(),
                        null);
        ledger.record(run);
        return run;
    }

    private RunRecord runPlan(Night night, RunRecord run, PlanRunner runner) {
        Instant start = Instant.now();
        try {
            PlanRunner.Result result = runner.run();
            return end(night, run, RunRecord.Status.DONE, start, result, null);
        } catch (RuntimeException e) {
            RunRecord.Status status = e instanceof Failure ? RunRecord.Status.REFUSED : RunRecord.Status.FAILED;
            end(night, run, status, start, new PlanRunner.Result(0, 0), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private RunRecord end(
            Night night, RunRecord run, RunRecord.Status status, Instant start, PlanRunner.Result result, String why) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        RunRecord ended = run.ended(status, seconds, result.ran(), result.skipped(), night.sparkJobs(), why);
        night.ledger().record(ended);
        // A run without a session has nothing worth starting one for: the next that has one folds its records too.
        if (night.hasSession()) {
            fold(night);
        } else {
            night.ledger().compact();
        }
        events.runEnded(ended);
        return ended;
    }

    private void fold(Night night) {
        Ledger.Unfolded unfolded = night.ledger().unfolded();
        OpsTables ops = new OpsTables(night.lake());
        Once once = new Once("ledger", unfolded.lastEvent());
        ops.append(unfolded, once);
        night.ledger().fold(unfolded);
    }
}
