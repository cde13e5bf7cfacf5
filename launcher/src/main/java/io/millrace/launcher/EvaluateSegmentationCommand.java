package io.millrace.launcher;

import io.millrace.nightly.segment.SegmentationEvaluation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Groups in any table of numbers. */
@Command(
        name = "segmentation",
        mixinStandardHelpOptions = true,
        description = "Any CSV of numbers: how many groups there are, how clear and how stable, by three ways.")
final class EvaluateSegmentationCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(names = "--id", paramLabel = "COL", description = "Column that only names the row")
    private String id;

    @Option(names = "--k-max", paramLabel = "N", description = "Most groups that are tried. Default: ${DEFAULT-VALUE}")
    private int kMax = 12;

    @Override
    public Integer call() throws IOException {
        return options.run(data -> new SegmentationEvaluation(data, id, kMax, options.seed()).run());
    }
}
