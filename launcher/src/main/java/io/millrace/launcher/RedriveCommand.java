package io.millrace.launcher;

import io.millrace.nightly.refine.RemapStage;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Another chance for rows in quarantine. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description =
                "Runs rows that stand in quarantine through today's mapping and rules. What passes goes to silver, and ops.quarantine says on which night.")
final class RedriveCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--table", paramLabel = "T", description = "Table of silver that refused them. Default: all")
    private String table;

    @Option(names = "--rule", paramLabel = "R", description = "Rule that they broke. Default: any")
    private String rule;

    @Option(names = "--date", paramLabel = "D", description = "Business date of their extract. Default: any")
    private LocalDate date;

    @Option(names = "--dry-run", description = "Shows what would change, with examples; changes nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        String asked = "redrive%s%s%s"
                .formatted(
                        table == null ? "" : " --table " + table,
                        rule == null ? "" : " --rule " + rule,
                        date == null ? "" : " --date " + date);
        return Remapping.run(main.shared(), RemapStage.redrive(table, rule, date), asked, dryRun);
    }
}
