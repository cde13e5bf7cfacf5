package io.millrace.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The night's models on a data set of the user's, beside the baselines. Each task is a command of its own. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Runs the code of the night on your data, and prints metrics beside the baselines.",
        subcommands = {
            EvaluateChurnCommand.class,
            EvaluateForecastCommand.class,
            EvaluateInventoryCommand.class,
            EvaluateRoutingCommand.class,
            EvaluateAnomalyCommand.class,
            EvaluateSegmentationCommand.class,
            EvaluateSentimentCommand.class,
            EvaluateValueCommand.class,
            EvaluateCampaignCommand.class
        })
final class EvaluateCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Which task? One of: " + String.join(", ", spec.subcommands().keySet()));
    }
}
