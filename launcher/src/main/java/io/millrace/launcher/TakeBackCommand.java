package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.maintain.TakeBackStage;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** After a night of a date that was mistyped. */
@Command(
        name = "take-back",
        mixinStandardHelpOptions = true,
        description =
                "Takes back what nights of the future recorded: what they took in, decided and published. The next night goes on as if they had never been. What the ERP has accepted of it stays accepted.")
final class TakeBackCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "D",
            description = "First business date that is taken back; later than today")
    private LocalDate from;

    @Option(names = "--dry-run", description = "Shows what would be taken back; changes nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (!from.isAfter(LocalDate.now())) {
            throw Failure.usage(
                    "%s has come: what was taken in for it is corrected by another delivery or by remap, and decided again by run --force"
                            .formatted(from));
        }
        return main.shared().withDatabases(main.shared().settings(), this::takeBack);
    }

    private int takeBack(Settings settings) {
        TakeBackStage stage = new TakeBackStage(from);
        Ledger ledger = Ledger.open(settings.lake().root(), settings.lake().hadoop());
        LocalDate before = TakeBackStage.before(ledger, from)
                .orElseThrow(() ->
                        Failure.usage("No night before %s has run: there is nothing to go back to".formatted(from)));
        if (dryRun) {
            main.shared().nights(settings).look(before, night -> {
                stage.look(night);
                return null;
            });
        } else {
            main.shared().nights(settings).run(before, List.of(stage), "take-back --from " + from, true);
        }
        stage.report().forEach(System.out::println);
        System.out.println(
                stage.report().isEmpty()
                        ? "No night from " + from + " on has recorded anything."
                        : dryRun
                                ? "Nothing was changed."
                                : "The next night decides without it: millrace run --date " + before);
        return 0;
    }
}
