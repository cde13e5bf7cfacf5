package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.refine.RemapStage;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.List;

/** What {@code remap} and {@code redrive} share: the newest night is the one that knows what comes of it. */
final class Remapping {

    private Remapping() {}

    /** The business date of the newest night. @throws Failure of kind USAGE if there was none */
    static LocalDate newest(Settings settings) {
        return Ledger.open(settings.lake().root(), settings.lake().hadoop()).runs().stream()
                .map(RunRecord::businessDate)
                .max(String::compareTo)
                .map(LocalDate::parse)
                .orElseThrow(() -> Failure.usage("No night has run yet"));
    }

    static int run(Shared shared, RemapStage stage, String command, boolean dryRun) {
        Settings settings = shared.settings();
        LocalDate date = newest(settings);
        if (dryRun) {
            shared.nights(settings).look(date, night -> {
                stage.look(night);
                return null;
            });
        } else {
            shared.nights(settings).run(date, List.of(stage), command, true);
        }
        stage.report().forEach(System.out::println);
        if (stage.report().isEmpty()) {
            System.out.println("Every row is as today's mapping makes it.");
        } else if (dryRun) {
            System.out.println("Nothing was changed.");
        } else {
            System.out.println("Nights from %s on decide with it: millrace run --date %s".formatted(date, date));
        }
        return 0;
    }
}
