package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.decisions.evaluate.InventoryCsv;
import io.millrace.decisions.evaluate.InventoryEvaluation;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.evaluate.ForecastEvaluation;
import io.millrace.models.evaluate.LongSeries;
import io.millrace.nightly.churn.ChurnEvaluation;
import io.millrace.nightly.plan.Ledger;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The night's models on a data set of the user's, beside the baselines. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Runs the code of the night on your data, and prints metrics beside the baselines.",
        subcommands = {EvaluateCommand.Churn.class, EvaluateCommand.Forecast.class, EvaluateCommand.Inventory.class})
final class EvaluateCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which task: churn, forecast or inventory?");
    }

    /** Options of every task. */
    static final class Common {

        @Option(names = "--data", required = true, paramLabel = "FILE", description = "CSV, plain or .gz")
        private Path data;

        @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON as well")
        private Path json;

        @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
        private long seed = 42;

        /** What is done with a file. */
        interface Work<T> {
            T on(Path file) throws IOException;
        }

        /** Runs the task. @throws Failure of kind DATA where the data are not as the task needs them */
        int run(Work<EvaluationResult> task) throws IOException {
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
                Files.writeString(json, Ledger.json(fields) + "\n");
            }
            return 0;
        }
    }

    /** Churn on any table with a label. */
    @Command(name = "churn", mixinStandardHelpOptions = true, description = "Any CSV with a label, cross-validated.")
    static final class Churn implements Callable<Integer> {

        @CommandLine.Mixin
        private Common common;

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
            return common.run(data ->
                    new ChurnEvaluation(data, label, positive, id, folds, common.seed).run(System.err::println));
        }
    }

    /** Forecasts on any set of series. */
    @Command(name = "forecast", mixinStandardHelpOptions = true, description = "Series in long format: unique_id,ds,y.")
    static final class Forecast implements Callable<Integer> {

        @CommandLine.Mixin
        private Common common;

        @Option(
                names = "--test",
                paramLabel = "FILE",
                description = "Later values; without it the last points of each series are held out")
        private Path test;

        @Option(names = "--horizon", required = true, paramLabel = "H", description = "Steps ahead")
        private int horizon;

        @Option(
                names = "--seasonality",
                required = true,
                paramLabel = "S",
                description = "Steps in a season, 1 for none")
        private int seasonality;

        @Override
        public Integer call() throws IOException {
            if (horizon < 1 || seasonality < 1) {
                throw Failure.usage(
                        "--horizon is %d and --seasonality %d; give 1 or more of each".formatted(horizon, seasonality));
            }
            LongSeries later = test == null ? null : Common.with(test, LongSeries::read);
            return common.run(data -> {
                LongSeries train = LongSeries.read(data);
                String name = data.getFileName().toString();
                ForecastEvaluation evaluation = new ForecastEvaluation(horizon, seasonality, common.seed);
                return later == null ? evaluation.holdOut(name, train) : evaluation.evaluate(name, train, later);
            });
        }
    }

    /** Stock policies on any items. */
    @Command(
            name = "inventory",
            mixinStandardHelpOptions = true,
            description =
                    "Items: item,lead_time,demand_mean,demand_sd,holding,shortage,order_cost,unit_cost,review. A period is a day.")
    static final class Inventory implements Callable<Integer> {

        @CommandLine.Mixin
        private Common common;

        @Override
        public Integer call() throws IOException {
            return common.run(data -> {
                InventoryEvaluation.Result r = new InventoryEvaluation(common.seed)
                        .evaluate(data.getFileName().toString(), InventoryCsv.read(data));
                return new EvaluationResult(
                        r.task(), r.data(), r.metrics(), r.baselines(), r.rows(), r.seconds(), r.seed());
            });
        }
    }
}
