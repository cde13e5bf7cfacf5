package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.ForecastEvaluation;
import io.millrace.models.evaluate.LongSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Forecasts on any set of series. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = "Series in long format: unique_id,ds,y. What cannot be judged is left out, and counted.")
final class EvaluateForecastCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Later values; without it the last points of each series are held out")
    private Path test;

    @Option(names = "--horizon", required = true, paramLabel = "H", description = "Steps ahead")
    private int horizon;

    @Option(names = "--seasonality", required = true, paramLabel = "S", description = "Steps in a season, 1 for none")
    private int seasonality;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Cuts each history to its last points before the test. Default: all of it")
    private int last = ForecastEvaluation.ALL;

    @Option(
            names = "--sum-duplicates",
            description = "Adds up the rows of one unique_id and ds; without it they are refused")
    private boolean sumDuplicates;

    @Override
    public Integer call() throws IOException {
        requirePositive("--horizon", horizon);
        requirePositive("--seasonality", seasonality);
        requirePositive("--last", last);
        LongSeries later = test == null ? null : EvaluateOutput.with(test, this::read);
        return options.run(data -> {
            LongSeries train = read(data);
            String name = data.getFileName().toString();
            ForecastEvaluation evaluation = new ForecastEvaluation(horizon, seasonality, last, options.seed());
            return later == null ? evaluation.holdOut(name, train) : evaluation.evaluate(name, train, later);
        });
    }

    private LongSeries read(Path file) throws IOException {
        return LongSeries.read(file, sumDuplicates ? LongSeries.Duplicates.SUMMED : LongSeries.Duplicates.REFUSED);
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw Failure.usage(option + " is " + value + "; give 1 or more");
        }
    }
}
