package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.Sessions;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.simulate.ReorderReplay;
import io.millrace.nightly.simulate.ReplayClaim;
import io.millrace.nightly.simulate.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What policies would have done on days that happened. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Lives through past days of the lake again, and tells what policies would have cost on them.",
        subcommands = SimulateCommand.Reorder.class)
final class SimulateCommand implements Runnable {

    @ParentCommand
    private Main main;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What: reorder?");
    }

    /** Days between two dates on which is decided. */
    enum Every {
        DAY,
        WEEK,
        MONTH;

        LocalDate date(LocalDate from, int number) {
            return switch (this) {
                case DAY -> from.plusDays(number);
                case WEEK -> from.plusWeeks(number);
                case MONTH -> from.plusMonths(number);
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reorder policies on real demand. */
    @Command(
            name = "reorder",
            mixinStandardHelpOptions = true,
            description = {
                "Decides on every past date with what was known then, lets the real demand and lead times of the following days"
                        + " happen, and accounts holding, shortage, ordering and stock.",
                "Policies side by side: the ERP's rule before Millrace, a moving average recomputed on each date, that with an"
                        + " economic lot, the classical plan, and perfect foresight as the bound. Changes nothing in the lake; the morning page tells the figure of the last one."
            })
    static final class Reorder implements Callable<Integer> {

        @ParentCommand
        private SimulateCommand parent;

        @Option(names = "--from", required = true, paramLabel = "D", description = "First date on which is decided")
        private LocalDate from;

        @Option(names = "--to", required = true, paramLabel = "D", description = "Last day that is lived through")
        private LocalDate to;

        @Option(
                names = "--every",
                paramLabel = "day|week|month",
                description = "Dates on which is decided and ordered. Default: ${DEFAULT-VALUE}")
        private Every every = Every.WEEK;

        @Option(names = "--json", paramLabel = "F", description = "Writes the totals as JSON as well")
        private Path json;

        @Option(
                names = "--plot",
                paramLabel = "F.svg",
                description = "Draws the cost so far of each policy over the days, as SVG")
        private Path plot;

        @Option(names = "--items", paramLabel = "F.csv", description = "Writes a line for each item and policy, as CSV")
        private Path items;

        @Override
        public Integer call() throws IOException {
            List<LocalDate> dates = dates();
            for (Path file : new Path[] {json, plot, items}) {
                checkWritable(file);
            }
            Settings settings = parent.main.shared().settings();
            ReplayResult result = replay(settings, dates);
            if (result.items() == 0) {
                throw Failure.data("No item has a week of sales that ended by %s and was known then"
                        .formatted(dates.get(dates.size() - 1)));
            }
            new ReplayReport(result, every.toString()).print(System.out);
            ReplayClaim.of(result).ifPresent(claim -> claim.keep(settings));
            if (json != null) {
                Files.writeString(json, new ReplayReport(result, every.toString()).json() + "\n");
            }
            if (items != null) {
                ReplayCsv.write(items, result.lines());
            }
            if (plot != null) {
                ReplayPlot.write(plot, result);
            }
            return 0;
        }

        private List<LocalDate> dates() {
            List<LocalDate> dates = new ArrayList<>();
            for (LocalDate date = from; date.isBefore(to); date = every.date(from, dates.size())) {
                dates.add(date);
            }
            if (dates.isEmpty()) {
                throw Failure.usage("--from %s is not before --to %s".formatted(from, to));
            }
            return dates;
        }

        private static void checkWritable(Path file) {
            if (file != null
                    && (Files.isDirectory(file)
                            || !Files.isDirectory(file.toAbsolutePath().getParent()))) {
                throw Failure.usage(file + " cannot be written: give a file in a folder that is there");
            }
        }

        private ReplayResult replay(Settings settings, List<LocalDate> dates) {
            ContractCatalog shipped = ContractCatalog.load();
            ContractCatalog contracts =
                    shipped.plus(parent.main.shared().views(shipped).contracts());
            Lake lake = new Lake(Sessions.reading("millrace simulate", settings.lake()), contracts, settings.lake());
            try {
                return new ReorderReplay(lake, settings).run(dates, to);
            } finally {
                Sessions.stop(lake.spark());
            }
        }
    }
}
