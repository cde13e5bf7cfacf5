package io.millrace.launcher;

import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a task of {@code evaluate} on one file has: the data, where the result goes, and the seed. */
final class EvaluateOptions extends EvaluateOutput {

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The data, of the kind named above")
    private Path data;

    /** Runs the task and prints its result. @throws Failure of kind DATA if the data are not as the task needs them */
    int run(Work<EvaluationResult> task) throws IOException {
        return run(data, task);
    }
}
