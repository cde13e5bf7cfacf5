package io.millrace.decisions.reorder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The planner: sets each line's policy, shares what lines have in common, and gives every policy its model price beside that of the
 * ERP's present rule, on the same simulated demand and lead times.
 *
 * <p>A plan has three steps. {@link #policies} and {@link #decide} look at one line, or at the lines of one supplier who accepts no
 * order below a value, and can run anywhere; between them {@link LimitShare} sees of each line the few numbers of a {@link Claim}.
 * {@link #plan} does all three here.
 *
 * <p>Policies of single lines come from forecast, lead time and costs alone, by formulas that draw nothing; what is drawn prices
 * them, from a stream of its own, and never chooses. A line's random numbers come from the seed and its product and site, so
 * neither the order of lines nor the company of others changes them. The model price is that of following the rule for years, as
 * far as the forecast knows them; tonight's cut to budget or room does not enter it, a supplier's minimum does.
 */
public final class ReorderPlanner {

    private static final double DAYS_A_YEAR = 365;
    private static final String PRICING = "model price";

    private final ReorderOptions options;

    /** Takes the parameters of the plan. */
    public ReorderPlanner(ReorderOptions options) {
        this.options = options;
    }

    /** Plans tonight's orders; the plan is sorted by product and site. */
    public ReorderPlan plan(ReorderProblem problem) {
        SharedLimits limits = problem.limits();
        List<List<ReorderLine>> groups = groups(problem);
        PlannedGroup[] planned = new PlannedGroup[groups.size()];
        forEach(
                groups.size(),
                i -> planned[i] = policies(
                        groups.get(i), limits.minimumValue(groups.get(i).get(0).supplier())));
        Map<String, Double> standing = new TreeMap<>();
        List<Claim> claims = new ArrayList<>();
        for (PlannedGroup group : planned) {
            group.addStanding(standing);
            group.claims().forEach(claims::add);
        }
        Map<List<String>, Grant> cut = LimitShare.cut(limits, standing, claims);
        List<List<ReorderDecision>> decisions = new ArrayList<>(Collections.nCopies(planned.length, null));
        forEach(
                planned.length,
                i -> decisions.set(i, decide(planned[i], line -> cut.get(List.of(line.product(), line.site())))));
        return new ReorderPlan(decisions.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing((ReorderDecision d) -> d.line().product())
                        .thenComparing(d -> d.line().site()))
                .toList());
    }

    /** Lines that order together; all others by themselves. */
    private static List<List<ReorderLine>> groups(ReorderProblem problem) {
        Map<String, List<ReorderLine>> joint = new TreeMap<>();
        List<List<ReorderLine>> groups = new ArrayList<>();
        problem.lines().stream()
                .sorted(Comparator.comparing(ReorderLine::product).thenComparing(ReorderLine::site))
                .forEach(line -> {
                    if (problem.limits().minimumValue(line.supplier()) > 0) {
                        joint.computeIfAbsent(line.supplier(), s -> new ArrayList<>())
                                .add(line);
                    } else {
                        groups.add(List.of(line));
                    }
                });
        groups.addAll(joint.values());
        return groups;
    }

    /**
     * Visits each index once, on all processors. Lines cost unequally and neighbours cost alike, so every processor takes the
     * next line when it is done with one, instead of a stretch of its own. Each line draws from a stream of its own, so the
     * order does not matter.
     */
    private static void forEach(int count, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(processor -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        work.accept(i);
                    }
                });
    }

    /**
     * The policies of lines, and what they ask for tonight.
     *
     * @param lines   one, or all of a supplier, in the order of product and site
     * @param minimum the least value that the supplier accepts, 0 where it accepts any order
     */
    public PlannedGroup policies(List<ReorderLine> lines, double minimum) {
        List<PlannedLine> alone = new ArrayList<>();
        for (ReorderLine line : lines) {
            DemandMoments moments = DemandMoments.of(line, options.reviewDays());
            ClassicalPolicy policy = ClassicalPolicy.of(line, moments, options);
            alone.add(planned(line, moments, policy));
        }
        return minimum > 0
                ? new PlannedGroup(together(JointPolicies.of(alone, minimum, options), minimum), minimum)
                : new PlannedGroup(alone, 0);
    }

    private static PlannedLine planned(ReorderLine line, DemandMoments moments, ClassicalPolicy policy) {
        double quantity = OrderRule.of(policy.levels(), line.lot()).quantity(PlannedLine.position(line));
        return new PlannedLine(line, moments, policy, quantity, quantity);
    }

    private static List<PlannedLine> together(List<PlannedLine> lines, double minimum) {
        double[] quantities = new double[lines.size()];
        JointRule.of(lines, PlannedLine::rule, minimum)
                .order(
                        lines.stream()
                                .mapToDouble(p -> PlannedLine.position(p.line()))
                                .toArray(),
                        quantities);
        List<PlannedLine> together = new ArrayList<>();
        for (int i = 0; i < quantities.length; i++) {
            PlannedLine p = lines.get(i);
            together.add(new PlannedLine(p.line(), p.moments(), p.policy(), p.alone(), quantities[i]));
        }
        return together;
    }

    /**
     * Decides about lines and prices their policies.
     *
     * @param grants what a line may order; it is asked for lines alone that want something, and null stands for all of it
     */
    public List<ReorderDecision> decide(PlannedGroup group, Function<ReorderLine, Grant> grants) {
        List<YearlyPrice> ours = new ArrayList<>();
        List<YearlyPrice> theirs = new ArrayList<>();
        price(group, ours, theirs);
        List<ReorderDecision> decisions = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            PlannedLine p = group.lines().get(i);
            Grant granted = p.wanted() > 0 ? grants.apply(p.line()) : null;
            decisions.add(decision(
                    p, granted == null ? Grant.all(p.wanted()) : granted, group.minimum(), ours.get(i), theirs.get(i)));
        }
        return decisions;
    }

    private static ReorderDecision decision(
            PlannedLine planned, Grant grant, double minimum, YearlyPrice ours, YearlyPrice theirs) {
        ReorderLine line = planned.line();
        ClassicalPolicy policy = planned.policy();
        Optional<Marginal> marginal = line.stock().isKnown()
                ? Optional.of(Marginal.of(line, planned.moments(), policy, grant.quantity()))
                : Optional.empty();
        return new ReorderDecision(
                line,
                grant.quantity(),
                needByDays(line, policy.safetyStock()),
                policy.levels().reorderPoint(),
                policy.levels().orderUpTo(),
                policy.safetyStock(),
                policy.serviceLevel(),
                policy.shortageCost(),
                ours,
                theirs,
                planned.binding(grant),
                marginal,
                new ReorderReason(planned, minimum).sentence(grant, marginal, ours, theirs));
    }

    private void price(PlannedGroup group, List<YearlyPrice> ours, List<YearlyPrice> theirs) {
        List<PlannedLine> lines = group.lines();
        if (group.minimum() == 0) {
            PlannedLine line = lines.get(0);
            InventorySimulation simulation = new InventorySimulation(
                    JointWorlds.maker(line, options, PRICING).world(options.simulatedYears()),
                    options.reviewDays(),
                    JointWorlds.tariff(line),
                    options.unmet());
            ours.add(YearlyPrice.of(simulation.run(line.rule())));
            theirs.add(YearlyPrice.of(simulation.run(presentRule(line))));
            return;
        }
        JointSimulation simulation = JointWorlds.of(lines, options, PRICING, options.simulatedYears());
        simulation
                .run(JointRule.of(lines, PlannedLine::rule, group.minimum()))
                .forEach(o -> ours.add(YearlyPrice.of(o)));
        simulation
                .run(JointRule.of(lines, this::presentRule, group.minimum()))
                .forEach(o -> theirs.add(YearlyPrice.of(o)));
    }

    private OrderRule presentRule(PlannedLine planned) {
        ReorderLine line = planned.line();
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
