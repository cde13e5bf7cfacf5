package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.report.ReportStage;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The morning page. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Writes the morning page of a night anew, one HTML file, and prints where it is. Changes no table, takes no lock, and works while a night is running.")
final class ReportCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(
            names = "--date",
            paramLabel = "D",
            description = "Business date of the night. Default: the newest that ran")
    private LocalDate date;

    @Option(names = "--open", description = "Opens it in the browser of this machine")
    private boolean open;

    @Override
    public Integer call() {
        Settings settings = main.shared().settings();
        LocalDate night = date != null ? date : Remapping.newest(settings);
        Stage page = NightlyPlan.stages(main.shared().confFolder()).stream()
                .filter(ReportStage.class::isInstance)
                .findFirst()
                .orElseThrow();
        Stage.Outcome outcome = main.shared().nights(settings).look(night, page::run);
        main.shared().events().note(outcome.note());
        String path = ReportStage.place(settings, night);
        System.out.println(path);
        if (open) {
            open(path);
        }
        return 0;
    }

    private static void open(String path) {
        Path file = Path.of(path);
        if (!Files.exists(file)) {
            throw Failure.usage("--open opens files of this machine, and not " + path);
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> opener = system.contains("mac")
                ? List.of("open")
                : system.contains("windows") ? List.of("rundll32", "url.dll,FileProtocolHandler") : List.of("xdg-open");
        try {
            List<String> command = new ArrayList<>(opener);
            command.add(file.toString());
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw Failure.outside("%s is needed to open %s: %s".formatted(opener.get(0), file, e.getMessage()), e);
        }
    }
}
