package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.plan.NightRun;
import java.time.LocalDate;
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
        return main.shared().withDatabases(main.shared().settings(), settings -> {
            NightRun nights = main.shared().nights(settings);
            for (LocalDate date = every.first(from); !date.isAfter(to); date = every.next(date)) {
                nights.run(date, NightlyPlan.stages(main.shared().confFolder()), "nightly", false);
            }
            return 0;
        });
    }
}
