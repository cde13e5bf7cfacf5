package io.millrace.decisions.evaluate;

import io.millrace.decisions.routing.RouteCheck;
import io.millrace.decisions.routing.RoutingOptimizer;
import io.millrace.decisions.routing.RoutingOptions;
import io.millrace.decisions.routing.RoutingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code evaluate routing}: how long the routes of the optimizer are, beside those of simple rules. All of them are measured and checked
 * by {@link RouteCheck}, which shares no code with what found them.
 */
public final class RoutingEvaluation {

    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    private final RoutingOptions options;
    private final OptionalDouble bestKnown;

    /** @param bestKnown length of the best routes known, above 0 */
    public RoutingEvaluation(RoutingOptions options, OptionalDouble bestKnown) {
        this.options = options;
        this.bestKnown = bestKnown;
    }

    /**
     * What came out.
     *
     * @param metrics   {@code distance}; {@code vehicles}; {@code feasible}, 1 if no rule is broken, else 0; {@code gap} to the best
     *     known in percent, if that is given; {@code ants} that were sent out
     * @param baselines the same, without ants, by name
     * @param customers to serve
     * @param seconds   that it took
     * @param remarks   on the file, and which rules are broken
     * @param plan      the routes
     */
    public record Result(
            Map<String, Double> metrics,
            Map<String, Map<String, Double>> baselines,
            int customers,
            double seconds,
            List<String> remarks,
            RoutingPlan plan) {}

    /** Routes a problem. */
    public Result evaluate(RoutingData data) {
        long start = System.nanoTime();
        RoutingPlan plan = new RoutingOptimizer(options).plan(data.problem());
        Map<String, Double> metrics = metrics(plan.verdict());
        metrics.put("ants", (double) plan.ants());
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        plan.baselines().forEach((name, verdict) -> baselines.put(name, metrics(verdict)));
        List<String> remarks = new ArrayList<>(data.remarks());
        plan.verdict().faults().forEach(fault -> remarks.add("a rule is broken: " + fault));
        int customers = data.problem().customers().size();
        return new Result(metrics, baselines, customers, (System.nanoTime() - start) / NANOS, remarks, plan);
    }

    private Map<String, Double> metrics(RouteCheck.Verdict verdict) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("distance", verdict.distance());
        metrics.put("vehicles", (double) verdict.vehicles());
        metrics.put("feasible", verdict.isFeasible() ? 1.0 : 0.0);
        bestKnown.ifPresent(best -> metrics.put("gap", PERCENT * (verdict.distance() / best - 1)));
        return metrics;
    }
}
