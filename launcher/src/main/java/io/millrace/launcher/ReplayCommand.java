package io.millrace.launcher;

import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.replay.Difference;
import io.millrace.nightly.replay.PastNight;
import io.millrace.nightly.settings.Settings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A past night with what was known then. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Runs a past night again, from features to decisions, in a lake of its own, with the tables, models and extracts as that"
                        + " night saw them, and prints what is decided differently. What --set changes is what would have been;"
                        + " without it the difference is empty. Trains and publishes nothing.")
final class ReplayCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--date", required = true, paramLabel = "D", description = "Business date of the night")
    private LocalDate date;

    @Option(
            names = "--home",
            paramLabel = "SCRATCH",
            description = "Folder for the lake of the replay, which stays to be asked. Default: replay/D in the home")
    private Path home;

    @Override
    public Integer call() {
        Settings settings = main.shared().settings();
        Path scratch = home != null
                ? home
                : settings.home().resolve("replay").resolve(date.toString()).toAbsolutePath();
        List<Difference> differences = new PastNight(
                        settings, main.shared().confFolder(), main.shared().events())
                .replay(date, NightlyPlan.stages(main.shared().confFolder()), scratch.toAbsolutePath());
        differences.forEach(ReplayCommand::print);
        System.out.printf("%nThe lake of the replay: ./millrace --set home=%s sql \"...\"%n", scratch);
        return 0;
    }

    private static void print(Difference difference) {
        System.out.printf(
                "%s: %,d rows then, %,d now, %s%n",
                difference.table(),
                difference.then(),
                difference.now(),
                difference.lines().isEmpty()
                        ? "no difference"
                        : "%,d differ".formatted(difference.lines().size()));
        difference.lines().forEach(line -> System.out.printf("  %s %s%n", sign(line), changes(line)));
    }

    private static String sign(Difference.Line line) {
        String sign = switch (line.kind()) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CHANGED -> "~";
        };
        return sign + " " + String.join(" ", line.key());
    }

    private static String changes(Difference.Line line) {
        return line.changes().entrySet().stream()
                .map(e -> switch (line.kind()) {
                    case ADDED -> e.getKey() + " " + e.getValue().now();
                    case REMOVED -> e.getKey() + " " + e.getValue().then();
                    case CHANGED ->
                        "%s %s -> %s"
                                .formatted(
                                        e.getKey(),
                                        e.getValue().then(),
                                        e.getValue().now());
                })
                .collect(Collectors.joining(", ", ": ", ""));
    }
}
