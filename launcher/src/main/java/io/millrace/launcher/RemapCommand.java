package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.refine.RemapStage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A corrected mapping for rows that were taken in before it. */
@Command(
        name = "remap",
        mixinStandardHelpOptions = true,
        description =
                "Maps anew what bronze holds of a source, after its description or its SELECTs were corrected, and accounts for every row. Nights that run then decide with it.")
final class RemapCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "SOURCE[.TABLE]",
            description = "The source, or one table: its own, or the table of silver that is filled from it")
    private String what;

    @Option(names = "--dry-run", description = "Shows what would change, with examples; changes nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        int dot = what.indexOf('.');
        String source = dot < 0 ? what : what.substring(0, dot);
        if (!main.shared().settings().sources().containsKey(source)) {
            throw Failure.usage("There is no source '%s': sources are %s"
                    .formatted(source, main.shared().settings().sources().keySet()));
        }
        return Remapping.run(
                main.shared(),
                RemapStage.remap(source, dot < 0 ? null : what.substring(dot + 1)),
                "remap " + what,
                dryRun);
    }
}
