package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.lake.Upkeep;
import io.millrace.nightly.maintain.MaintainStage;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Keeps the lake small. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        description =
                "Puts small files together and takes away those of old versions. No row changes, nothing has to run again, and nights that are kept can still be replayed.")
final class MaintainCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(
            names = "--keep",
            paramLabel = "DAYS",
            defaultValue = "" + MaintainStage.DAYS_KEPT,
            description = "Nights so many days before the newest can still be replayed. Default: ${DEFAULT-VALUE}")
    private int daysKept;

    @Override
    public Integer call() {
        if (daysKept < 1) {
            throw Failure.usage("--keep must be 1 or more and is " + daysKept);
        }
        Settings settings = main.shared().settings();
        LocalDate date = Remapping.newest(settings);
        MaintainStage stage = MaintainStage.ofAll(daysKept);
        main.shared().nights(settings).run(date, List.of(stage), "maintain", true);
        System.out.printf("%-32s %10s %10s %14s %14s%n", "table", "files", "now", "bytes", "now");
        stage.upkeep().stream()
                .filter(u -> u.filesBefore() != u.filesAfter() || u.bytesBefore() != u.bytesAfter())
                .forEach(MaintainCommand::print);
        return 0;
    }

    private static void print(Upkeep u) {
        System.out.printf(
                "%-32s %,10d %,10d %,14d %,14d%n",
                u.table(), u.filesBefore(), u.filesAfter(), u.bytesBefore(), u.bytesAfter());
    }
}
