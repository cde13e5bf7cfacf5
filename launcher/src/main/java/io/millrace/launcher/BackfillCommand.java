package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.NightRun;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Every date of a range, in order. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description =
                "Runs the night for every date from one to another, in order. A date that is done is skipped, so an interrupted backfill goes on where it was.")
final class BackfillCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--from", required = true, paramLabel = "D", description = "First business date")
    private LocalDate from;

    @Option(names = "--to", required = true, paramLabel = "D", description = "Last business date")
    private LocalDate to;

    @Option(names = "--future", description = "Runs dates that are more than a day ahead of this machine's clock")
    private boolean future;

    @Option(names = "--every", paramLabel = "day|month-end", description = "Which dates of the range. Default: day")
    private Step every = Step.DAY;

    @Option(
            names = "--newest-first",
            description = "Begins with the last date: what is decided for the present is there first")
    private boolean newestFirst;

    @Option(
            names = "--only-missing",
            description =
                    "Leaves out dates of which every stage was done once, even if their inputs have changed since")
    private boolean onlyMissing;

    @Option(names = "--dry-run", description = "Shows the dates and how far each has come; changes nothing")
    private boolean dryRun;

    /** Which dates of the range are run. */
    enum Step {
        DAY,
        MONTH_END;

        LocalDate first(LocalDate from) {
            return this == DAY ? from : from.withDayOfMonth(from.lengthOfMonth());
        }

        LocalDate next(LocalDate date) {
            return this == DAY ? date.plusDays(1) : first(date.plusDays(1));
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public Integer call() {
        if (from.isAfter(to)) {
            throw Failure.usage("--from %s is after --to %s".formatted(from, to));
        }
        Shared.requireReached(to, future);
        Settings settings = main.shared().settings();
        List<Stage> stages = NightlyPlan.stages(main.shared().confFolder());
        Ledger ledger = Ledger.open(settings.lake().root(), settings.lake().hadoop());
        List<LocalDate> dates = new ArrayList<>();
        for (LocalDate date = every.first(from); !date.isAfter(to); date = every.next(date)) {
            if (!onlyMissing || done(ledger, stages, date) < stages.size()) {
                dates.add(date);
            }
        }
        if (newestFirst) {
            Collections.reverse(dates);
        }
        if (dryRun) {
            dates.forEach(date -> System.out.printf(
                    "%s  %d of %d stages were done%n", date, done(ledger, stages, date), stages.size()));
            System.out.printf("%d %s%n", dates.size(), dates.size() == 1 ? "date" : "dates");
            return 0;
        }
        return main.shared().withDatabases(settings, connected -> {
            NightRun nights = main.shared().nights(connected);
            dates.forEach(
                    date -> nights.run(date, NightlyPlan.stages(main.shared().confFolder()), "nightly", false));
            return 0;
        });
    }

    private static long done(Ledger ledger, List<Stage> stages, LocalDate date) {
        return stages.stream()
                .filter(stage -> ledger.lastDone(stage.name(), date.toString()).isPresent())
                .count();
    }
}
