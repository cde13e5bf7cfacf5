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
        Ended ended = locked(date, stages, command, force);
        // The lake is free by now: who is told may look at it.
        new EndOfRun(settings.tell(), events).tell(ended.report());
        if (ended.failure() != null) {
            throw ended.failure();
        }
        return ended.report().run();
    }

    /** @param failure what the run ends with, or null */
    private record Ended(RunReport report, RuntimeException failure) {}

    private Ended locked(LocalDate date, List<Stage> stages, String command, boolean force) {
        Configuration hadoop = settings.lake().hadoop();
        try (LakeLock lock = LakeLock.take(settings.lake().root(), "run " + command + " of " + date, hadoop)) {
            Ledger ledger = Ledger.open(settings.lake().root(), hadoop);
            long tenure = ledger.begin(lock::requireHeld);
            RunRecord run = begin(ledger, date, command);
            events.runStarted(run);
            try (Night night =
                    new Night(settings, confFolder, date, run.runId(), Instant.parse(run.startedAt()), ledger)) {
                night.guardedBy(lock::requireHeld, tenure);
                return runPlan(night, run, new PlanRunner(stages, night, events, force));
            }
        }
    }

    /** Asks something of a night without running it: what would be done, or what its tables say. Takes no lock and writes no table. */
    public <T> T look(LocalDate date, Function<Night, T> question) {
        Ledger ledger = Ledger.open(settings.lake().root(), settings.lake().hadoop());
        try (Night night = Night.lookedAt(settings, confFolder, date, ledger)) {
            return question.apply(night);
        }
    }

    /** The lock is ours, so a run that still counts as running was killed: taken up by its own command, ended by others. */
    private RunRecord begin(Ledger ledger, LocalDate date, String command) {
        RunRecord own = null;
        for (RunRecord run : ledger.runs()) {
            if (run.status() != RunRecord.Status.RUNNING) {
                continue;
            }
            if (run.businessDate().equals(date.toString()) && run.command().equals(command)) {
                own = run.taken(run.resumed() + 1);
            } else {
                ledger.record(run.interrupted("its process was gone, and another command was given"));
            }
        }
        String next = date + "-" + (ledger.runsOf(date.toString()) + 1);
        RunRecord begun = own != null ? own : RunRecord.begun(next, date.toString(), command);
        ledger.record(begun);
        return begun;
    }

    private Ended runPlan(Night night, RunRecord run, PlanRunner runner) {
        Instant start = Instant.now();
        PlanRunner.Result result = runner.run();
        RuntimeException failure = result.failure();
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        RunRecord record = run.ended(
                failure == null
                        ? RunRecord.Status.DONE
                        : Failure.within(failure) != null ? RunRecord.Status.REFUSED : RunRecord.Status.FAILED,
                seconds,
                result.ran(),
                result.skipped(),
                result.blocked(),
                night.sparkJobs(),
                failure == null ? null : Failure.sentence(failure));
        try {
            close(night, record);
        } catch (RuntimeException e) {
            // What stopped the night is what its operator has to hear first.
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
        RunReport.Outcome outcome = failure == null
                ? RunReport.Outcome.SUCCESS
                : result.reachedAnEnd() ? RunReport.Outcome.PARTIAL : RunReport.Outcome.FAILURE;
        return new Ended(new RunReport(outcome, record, night.ledger().stagesOf(record.runId())), failure);
    }

    private void close(Night night, RunRecord ended) {
        night.ledger().record(ended);
        // A run that found all up to date has nothing worth starting a session for: the next that has one folds its
        // records too.
        if (night.hasSession() || night.ledger().owesBooks()) {
            night.doing("books", () -> {
                fold(night);
                return null;
            });
        } else {
            night.ledger().compact();
        }
        events.runEnded(ended);
    }

    private static void fold(Night night) {
        OpsTables ops = new OpsTables(night.lake());
        // Twice where a run was killed between the commits of its books and the state that says so.
        while (night.ledger().hasUnfolded()) {
            Ledger.Unfolded unfolded = night.ledger().unfolded();
            ops.append(unfolded, new Once("ledger", unfolded.number()));
            night.ledger().fold(unfolded);
        }
    }
}
