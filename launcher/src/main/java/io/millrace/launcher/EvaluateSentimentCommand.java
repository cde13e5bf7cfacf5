package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.sentiment.SentimentEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Classes of any texts. */
@Command(
        name = "sentiment",
        mixinStandardHelpOptions = true,
        description =
                "Any CSV of texts with a label: learned from --train and judged on --test, or by folds of --data.")
final class EvaluateSentimentCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOutput output;

    @Option(names = "--train", paramLabel = "FILE", description = "Texts to learn from")
    private Path train;

    @Option(names = "--test", paramLabel = "FILE", description = "Texts to judge by")
    private Path test;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Texts to judge by folds, instead of --train and --test")
    private Path data;

    @Option(names = "--folds", paramLabel = "N", description = "Stratified folds of --data. Default: ${DEFAULT-VALUE}")
    private int folds = 10;

    @Option(names = "--text", paramLabel = "COL", description = "Column with the texts. Default: ${DEFAULT-VALUE}")
    private String text = "text";

    @Option(
            names = "--label",
            paramLabel = "COL",
            description = "Column with the classes, any words, two or more. Default: ${DEFAULT-VALUE}")
    private String label = "label";

    @Override
    public Integer call() throws IOException {
        boolean isSplit = train != null && test != null && data == null;
        boolean isFolds = train == null && test == null && data != null;
        if (!isSplit && !isFolds) {
            throw Failure.usage("Give --train and --test, or --data alone to judge by folds");
        }
        return output.run(
                isSplit ? train : data,
                file -> new SentimentEvaluation(file, test, text, label, folds, output.seed())
                        .run(System.err::println));
    }
}
