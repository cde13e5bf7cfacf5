package io.millrace.launcher;

import io.millrace.nightly.anomaly.AnomalyEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Anomalies in any table of numbers. */
@Command(
        name = "anomaly",
        mixinStandardHelpOptions = true,
        description = "Any CSV of numbers with a label that is 1 for an anomaly. The label is never seen in training.")
final class EvaluateAnomalyCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(
            names = "--label",
            required = true,
            paramLabel = "COL",
            description = "Column that is 1 for an anomaly, else 0")
    private String label;

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description =
                    "Rows to learn from, as known ones; without it the rows of --data are looked at among themselves")
    private Path train;

    @Override
    public Integer call() throws IOException {
        return options.run(data -> new AnomalyEvaluation(data, label, train, options.seed()).run());
    }
}
