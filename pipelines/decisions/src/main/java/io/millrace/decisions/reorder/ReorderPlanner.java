package io.millrace.decisions.reorder;

import io.millrace.decisions.StableHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The classical planner: sets each line's policy by formula, shares the budget, and gives every policy its model price beside
 * that of the ERP's present rule, on the same simulated demand and lead times.
 *
 * <p>Policies come from forecast, lead time and costs alone, by formulas that draw nothing; what is drawn prices them, from a
 * stream of its own, and never chooses. A line's random numbers come from the seed and its product and site, so neither the
 * order of lines nor the company of others changes them. The model price is that of following the rule for years, as far as
 * the forecast knows them; tonight's cut to a budget does not enter it.
 */
public final class ReorderPlanner {

    private static final double DAYS_A_YEAR = 365;

    private final ReorderOptions options;

    /** Takes the parameters of the plan. */
    public ReorderPlanner(ReorderOptions options) {
        this.options = options;
    }

    /** Plans tonight's orders; the plan is sorted by product and site. */
    public ReorderPlan plan(ReorderProblem problem) {
        List<ReorderLine> lines = new ArrayList<>(problem.lines());
        lines.sort(Comparator.comparing(ReorderLine::product).thenComparing(ReorderLine::site));
        DemandMoments[] moments = new DemandMoments[lines.size()];
        ClassicalPolicy[] policies = new ClassicalPolicy[lines.size()];
        double[] wanted = new double[lines.size()];
        forEach(lines, i -> {
            ReorderLine line = lines.get(i);
            moments[i] = DemandMoments.of(line, options.reviewDays());
            policies[i] = ClassicalPolicy.of(line, moments[i], options);
            wanted[i] = line.stock().isKnown()
                    ? ourRule(line, policies[i]).quantity(line.stock().position())
                    : 0;
        });
        double[] granted =
                BudgetCut.within(problem.budget().orElse(Double.POSITIVE_INFINITY), lines, List.of(policies), wanted);
        ReorderDecision[] decisions = new ReorderDecision[lines.size()];
        forEach(lines, i -> decisions[i] = decide(lines.get(i), moments[i], policies[i], wanted[i], granted[i]));
        return new ReorderPlan(List.of(decisions));
    }

    /**
     * Visits each index once, on all processors. Lines cost unequally and neighbours cost alike, so every processor takes the
     * next line when it is done with one, instead of a stretch of its own. Each line draws from a stream of its own, so the
     * order does not matter.
     */
    private static void forEach(List<ReorderLine> lines, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(processor -> {
                    for (int i = next.getAndIncrement(); i < lines.size(); i = next.getAndIncrement()) {
                        work.accept(i);
                    }
                });
    }

    private ReorderDecision decide(
            ReorderLine line, DemandMoments moments, ClassicalPolicy policy, double wanted, double granted) {
        InventorySimulation simulation = simulation(line, moments, policy);
        YearlyPrice ours = YearlyPrice.of(simulation.run(ourRule(line, policy)));
        YearlyPrice theirs = YearlyPrice.of(simulation.run(presentRule(line)));
        return new ReorderDecision(
                line,
                granted,
                needByDays(line, policy.safetyStock()),
                policy.levels().reorderPoint(),
                policy.levels().orderUpTo(),
                policy.safetyStock(),
                policy.serviceLevel(),
                policy.shortageCost(),
                ours,
                theirs,
                new ReorderReason(line, policy, moments).sentence(wanted, granted, ours, theirs));
    }

    private InventorySimulation simulation(ReorderLine line, DemandMoments moments, ClassicalPolicy policy) {
        WorldMaker maker = new WorldMaker(
                line, moments, StableHash.random(options.seed(), "model price", line.product(), line.site()));
        InventorySimulation.Tariff tariff = new InventorySimulation.Tariff(
                line.costs().holdingPerYear() / DAYS_A_YEAR,
                policy.shortageCost(),
                0,
                line.costs().orderCost());
        return new InventorySimulation(
                maker.world(options.simulatedYears()), options.reviewDays(), tariff, options.unmet());
    }

    private static OrderRule ourRule(ReorderLine line, ClassicalPolicy policy) {
        return OrderRule.of(policy.levels(), line.lot());
    }

    private OrderRule presentRule(ReorderLine line) {
        PresentRule rule =
                line.presentRule().orElseGet(() -> options.movingAverage().ruleFor(line, options.reviewDays()));
        return OrderRule.of(rule, line.lot());
    }

    /** The first day on which expected demand has used up all but the safety stock, not before the supplier can deliver. */
    private static int needByDays(ReorderLine line, double safetyStock) {
        int earliest = (int) Math.ceil(line.leadTime().meanDays());
        double spare = line.stock().position() - Math.max(0, safetyStock);
        if (spare <= line.demand().expected(earliest)) {
            return earliest;
        }
        int day = earliest;
        while (day < DAYS_A_YEAR && line.demand().expected(day + 1.0) <= spare) {
            day++;
        }
        return day;
    }
}
