package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.decisions.evaluate.RoutingData;
import io.millrace.decisions.evaluate.RoutingEvaluation;
import io.millrace.decisions.evaluate.RoutingFile;
import io.millrace.decisions.routing.RoutingOptions;
import io.millrace.decisions.routing.RoutingProblem;
import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Routes for any vehicles and stops. */
@Command(
        name = "routing",
        mixinStandardHelpOptions = true,
        description = {
            "Routes that serve all customers of a file, as short as can be found in the time: CVRPLIB or TSPLIB",
            "(.vrp, .tsp), or Solomon's text with time windows; plain or .gz."
        })
final class EvaluateRoutingCommand implements Callable<Integer> {

    private static final double SECONDS = 30;

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Longest time; default: 30, or no limit with --iterations")
    private Double seconds;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Ants to send out; without --seconds the same seed then gives the same routes")
    private Long iterations;

    @Option(names = "--best", paramLabel = "KNOWN", description = "Length of the best routes known, for the gap")
    private Double best;

    @Option(
            names = "--vehicles",
            paramLabel = "N",
            description = "Most routes of each depot; default: what the file says, else as many as it takes")
    private Integer vehicles;

    @Option(
            names = "--unrounded",
            description = "Takes EUC_2D as it is, and not to the nearest whole number as the format says")
    private boolean unrounded;

    @Option(names = "--routes", paramLabel = "FILE", description = "Writes the routes, as CVRPLIB does (.sol)")
    private Path routes;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        return options.run(this::evaluate);
    }

    private void checkOptions() {
        refuse(seconds != null && !(seconds > 0 && seconds < Double.POSITIVE_INFINITY), "--seconds", seconds);
        refuse(iterations != null && iterations < 1, "--iterations", iterations);
        refuse(best != null && !(best > 0 && best < Double.POSITIVE_INFINITY), "--best", best);
        refuse(vehicles != null && vehicles < 1, "--vehicles", vehicles);
        if (routes != null
                && (Files.isDirectory(routes)
                        || !Files.isDirectory(routes.toAbsolutePath().getParent()))) {
            throw Failure.usage("--routes " + routes + " cannot be written: give a file in a folder that is there");
        }
    }

    private static void refuse(boolean wrong, String option, Number value) {
        if (wrong) {
            throw Failure.usage(option + " is " + value + "; it must be above 0");
        }
    }

    private EvaluationResult evaluate(Path file) throws IOException {
        RoutingData read = RoutingFile.read(file, !unrounded);
        RoutingProblem problem =
                vehicles == null ? read.problem() : read.problem().withVehicles(OptionalInt.of(vehicles));
        RoutingEvaluation evaluation =
                new RoutingEvaluation(limits(), best == null ? OptionalDouble.empty() : OptionalDouble.of(best));
        RoutingEvaluation.Result result = evaluation.evaluate(new RoutingData(problem, read.remarks()));
        if (routes != null) {
            RoutingFile.write(routes, result.plan());
        }
        return new EvaluationResult(
                "routing",
                problem.name(),
                result.metrics(),
                result.baselines(),
                result.customers(),
                result.seconds(),
                options.seed(),
                result.remarks());
    }

    private RoutingOptions limits() {
        if (iterations == null) {
            return RoutingOptions.ofSeconds(seconds == null ? SECONDS : seconds, options.seed());
        }
        RoutingOptions limits = RoutingOptions.ofIterations(iterations, options.seed());
        return seconds == null
                ? limits
                : new RoutingOptions(
                        OptionalLong.of(iterations),
                        OptionalDouble.of(seconds),
                        limits.colonies(),
                        limits.threads(),
                        options.seed());
    }
}
