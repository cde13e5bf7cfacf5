package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.nightly.plan.Ledger;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;
import picocli.CommandLine.Option;

/** What every task of {@code evaluate} has: where the result goes, and the seed. */
class EvaluateOutput {

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON as well")
    private Path json;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private long seed = 42;

    /** What is done with a file. */
    interface Work<T> {
        T on(Path file) throws IOException;
    }

    final long seed() {
        return seed;
    }

    /** Runs the task on a file and prints its result. @throws Failure of kind DATA if the data are not as the task needs them */
    int run(Path data, Work<EvaluationResult> task) throws IOException {
        if (json != null
                && (Files.isDirectory(json)
                        || !Files.isDirectory(json.toAbsolutePath().getParent()))) {
            throw Failure.usage("--json " + json + " cannot be written: give a file in a folder that is there");
        }
        return print(with(data, task));
    }

    /** Does {@code work} with a file. @throws Failure of kind USAGE or DATA, with the file, where it does not do */
    static <T> T with(Path file, Work<T> work) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw Failure.usage("The file " + file + " cannot be read");
        }
        try {
            return work.on(file);
        } catch (IllegalArgumentException e) {
            throw Failure.data(file + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw Failure.data(file + ": it is not UTF-8; save it in that encoding");
        } catch (ZipException | EOFException e) {
            throw Failure.data(file + ": it is no gzip, or cut off: " + e.getMessage());
        }
    }

    private int print(EvaluationResult result) throws IOException {
        result.remarks().forEach(System.err::println);
        EvaluationTable.print(System.out, result);
        if (json != null) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("task", result.task());
            fields.put("data", result.data());
            fields.put("metrics", result.metrics());
            fields.put("baselines", result.baselines());
            fields.put("rows", result.rows());
            fields.put("seconds", result.seconds());
            fields.put("seed", result.seed());
            if (!result.findings().isEmpty()) {
                fields.put("findings", result.findings());
            }
            Files.writeString(json, Ledger.json(fields) + "\n");
        }
        return 0;
    }
}
