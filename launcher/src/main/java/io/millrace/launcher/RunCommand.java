package io.millrace.launcher;

import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.plan.PlanRunner;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One business date. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the night, or some of its stages, for one business date.")
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "STAGE",
            arity = "0..*",
            description = "nightly (the default), or stages; a phase such as score names all of its stages")
    private List<String> names = new ArrayList<>();

    @Option(names = "--date", required = true, paramLabel = "D", description = "Business date, as in 2026-01-31")
    private LocalDate date;

    @Option(names = "--from", paramLabel = "STAGE", description = "First stage to run")
    private String from;

    @Option(names = "--to", paramLabel = "STAGE", description = "Last stage to run")
    private String to;

    @Option(
            names = "--dry-run",
            description = "Prints what would run, what it reads and writes, and why; changes nothing")
    private boolean dryRun;

    @Option(names = "--force", description = "Runs stages that are up to date as well")
    private boolean force;

    @Option(
            names = "--accept-volume",
            paramLabel = "SOURCE.TABLE",
            description =
                    "Takes in a delivery that removes more of a table, has more bad rows, or grew more than the source's volume allows, or renames a column of the one before; the run keeps that it was asked for. Several by repeating it")
    private List<String> acceptVolume = new ArrayList<>();

    @Option(names = "--future", description = "Runs a date that is more than a day ahead of this machine's clock")
    private boolean future;

    @Override
    public Integer call() {
        if (!dryRun) {
            Shared.requireReached(date, future);
        }
        Settings configured = main.shared().settings().acceptingVolume(acceptVolume);
        return main.shared().withDatabases(configured, settings -> {
            List<Stage> stages = stages();
            if (dryRun) {
                main.shared().nights(settings).look(date, night -> {
                    DryRunPage.print(
                            System.out,
                            new PlanRunner(stages, night, main.shared().events(), force).plan());
                    return null;
                });
            } else {
                String command = String.join(
                                " ",
                                stages.size()
                                                == NightlyPlan.stages(
                                                                main.shared().confFolder())
                                                        .size()
                                        ? List.of("nightly")
                                        : stages.stream().map(Stage::name).toList())
                        + acceptVolume.stream()
                                .map(table -> " --accept-volume " + table)
                                .collect(Collectors.joining());
                main.shared().nights(settings).run(date, stages, command, force);
            }
            return 0;
        });
    }

    private List<Stage> stages() {
        List<Stage> all = NightlyPlan.stages(main.shared().confFolder());
        boolean nightly = names.isEmpty() || names.equals(List.of("nightly"));
        return PlanRunner.between(nightly ? all : PlanRunner.named(all, names), from, to);
    }
}
