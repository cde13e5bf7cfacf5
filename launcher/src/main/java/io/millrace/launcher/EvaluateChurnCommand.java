package io.millrace.launcher;

import io.millrace.nightly.churn.ChurnEvaluation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Churn on any table with a label. */
@Command(name = "churn", mixinStandardHelpOptions = true, description = "Any CSV with a label, cross-validated.")
final class EvaluateChurnCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(names = "--label", required = true, paramLabel = "COL", description = "Column with the label")
    private String label;

    @Option(
            names = "--positive",
            required = true,
            paramLabel = "VALUE",
            description = "Value of the label that means churned")
    private String positive;

    @Option(names = "--id", paramLabel = "COL", description = "Column that only names the row")
    private String id;

    @Option(names = "--folds", paramLabel = "N", description = "Stratified folds. Default: ${DEFAULT-VALUE}")
    private int folds = 10;

    @Override
    public Integer call() throws IOException {
        return options.run(
                data -> new ChurnEvaluation(data, label, positive, id, folds, options.seed()).run(System.err::println));
    }
}
