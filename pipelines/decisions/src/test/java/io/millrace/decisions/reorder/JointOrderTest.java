package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.decisions.reorder.InventorySimulation.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Suppliers that accept no order below a value, and sites that hold no more than so much. */
class JointOrderTest {

    private static final ReorderOptions OPTIONS = ReorderOptions.defaults(11).withSimulatedYears(5);
    private static final LotTerms ANY = new LotTerms(0, 1);

    private static double[] order(double minimum, double... positions) {
        OrderRule rule = new OrderRule(10, 30, 0, ANY);
        double[] quantities = new double[positions.length];
        double[] costs = new double[positions.length];
        Arrays.fill(costs, 2);
        new JointRule(Collections.nCopies(positions.length, rule), costs, minimum).order(positions, quantities);
        return quantities;
    }

    @Test
    void linesThatAreDueAreJoinedByTheNextUntilTheMinimumIsMet() {
        assertThat(order(0, 5, 12, 20)).containsExactly(25, 0, 0);
        assertThat(order(50, 5, 12, 20)).containsExactly(25, 0, 0);
        assertThat(order(51, 5, 12, 11)).containsExactly(25, 0, 19);
        assertThat(order(100, 5, 12, 11)).containsExactly(25, 18, 19);
        assertThat(order(125, 5, 12, 11)).as("all together come to 124").containsExactly(0, 0, 0);
        assertThat(order(50, 11, 12, 13)).as("nothing is due").containsExactly(0, 0, 0);
        assertThat(order(80, 5, Double.NaN, 11))
                .as("of one nobody knows the stock")
                .containsExactly(25, 0, 19);
    }

    @Test
    void withoutAnyPriceThereIsNoValueToWaitFor() {
        double[] quantities = new double[1];
        new JointRule(List.of(new OrderRule(10, 30, 0, ANY)), new double[] {0}, 100)
                .order(new double[] {4}, quantities);
        assertThat(quantities).containsExactly(26);
    }

    @Test
    void withoutAMinimumLinesCostTogetherWhatTheyCostAlone() {
        List<PlannedLine> lines =
                new ReorderPlanner(OPTIONS).policies(ReorderLines.many(5, 3), 0).lines();
        JointSimulation together = JointWorlds.of(lines, OPTIONS, "any", 5);
        List<OrderRule> rules = lines.stream().map(PlannedLine::rule).toList();
        List<Outcome> outcomes = together.run(new JointRule(rules, new double[] {1, 1, 1, 1, 1}, 0));
        int warmUp = lines.stream()
                .mapToInt(line -> JointWorlds.maker(line, OPTIONS, "any").warmUpDays())
                .max()
                .orElseThrow();
        for (int i = 0; i < lines.size(); i++) {
            SimulatedWorld world =
                    JointWorlds.maker(lines.get(i), OPTIONS, "any").world(5, warmUp);
            assertThat(outcomes.get(i))
                    .isEqualTo(new InventorySimulation(world, 1, JointWorlds.tariff(lines.get(i))).run(rules.get(i)));
        }
    }

    private static ReorderPlan plan(List<ReorderLine> lines, SharedLimits limits) {
        return new ReorderPlanner(OPTIONS).plan(new ReorderProblem(lines, limits));
    }

    /** Random lines of two suppliers. */
    private static List<ReorderLine> some(int count, long seed) {
        List<ReorderLine> lines = new ArrayList<>();
        for (ReorderLine line : ReorderLines.many(count, seed)) {
            lines.add(ReorderLines.with(line, "V" + lines.size() % 2, 1 + lines.size() % 3));
        }
        return lines;
    }

    @Property(tries = 12)
    void aPlanKeepsToWhatIsShared(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 14) int count,
            @ForAll @DoubleRange(min = 0, max = 3) double minimum,
            @ForAll @DoubleRange(min = 0, max = 1.2) double money,
            @ForAll @DoubleRange(min = 0, max = 1.2) double room) {
        List<ReorderLine> lines = some(count, seed);
        double all = plan(lines, SharedLimits.NONE).orderValue();
        double units = plan(lines, SharedLimits.NONE).decisions().stream()
                .mapToDouble(d -> d.orderQuantity() * d.line().volume())
                .sum();
        SharedLimits limits = new SharedLimits(
                OptionalDouble.of(money * all), Map.of("V0", minimum * all / 2), Map.of("S0", room * units));
        ReorderPlan plan = plan(lines, limits);
        assertThat(plan.orderValue()).isLessThanOrEqualTo(money * all + 1e-6);
        double ordered = plan.decisions().stream()
                .filter(d -> d.line().supplier().equals("V0"))
                .mapToDouble(ReorderDecision::orderValue)
                .sum();
        assertThat(ordered == 0 || ordered >= limits.minimumValue("V0") - 1e-6).isTrue();
        double stands = 0;
        double fills = 0;
        for (ReorderDecision d : plan.decisions()) {
            if (d.line().site().equals("S0")) {
                double there = d.line().stock().position()
                        - DemandMoments.of(d.line(), 1).leadTimeMean();
                stands += d.line().volume() * Math.max(0, there);
                fills += d.line().volume() * Math.max(0, there + d.orderQuantity());
            }
        }
        assertThat(fills).isLessThanOrEqualTo(Math.max(stands, room * units) + 1e-6);
    }

    private static ReorderLine at(String product, double position) {
        ReorderLine line = ReorderLines.ordinary();
        return new ReorderLine(
                product,
                "S1",
                "V1",
                "pc",
                new StockPosition(Math.max(0, position), Math.max(0, -position), 0),
                line.demand(),
                line.leadTime(),
                line.costs(),
                line.lot(),
                Optional.empty());
    }

    @Test
    void anEarlyOrderSaysThatTheMinimumMadeIt() {
        SharedLimits limits = new SharedLimits(OptionalDouble.empty(), Map.of("V1", 4000.0), Map.of());
        List<ReorderDecision> any =
                plan(List.of(at("P1", 500), at("P2", 500)), limits).decisions();
        assertThat(any).allMatch(d -> d.orderQuantity() == 0 && d.binding().isEmpty());
        double due = any.get(0).reorderPoint();
        double soon = any.get(1).reorderPoint() + 1;
        ReorderPlan plan = plan(List.of(at("P1", due), at("P2", soon)), limits);
        assertThat(plan.decisions().get(0).orderValue()).as("alone").isLessThan(4000);
        assertThat(plan.orderValue()).isGreaterThanOrEqualTo(4000);
        assertThat(plan.decisions().get(1).binding()).contains(Constraint.SUPPLIER_MINIMUM);
        assertThat(plan.decisions().get(1).reason())
                .contains("early, so that the supplier's minimum of 4,000.00 is met");
    }

    @Test
    void anOrderThatWaitsSaysWhatFor() {
        ReorderPlan plan = plan(
                List.of(ReorderLines.ordinary(OptionalDouble.of(0.01), new StockPosition(0, 0, 0), ANY)),
                new SharedLimits(OptionalDouble.empty(), Map.of("V1", 1e9), Map.of()));
        ReorderDecision waits = plan.decisions().get(0);
        assertThat(waits.orderQuantity()).isZero();
        assertThat(waits.binding()).contains(Constraint.SUPPLIER_MINIMUM);
        assertThat(waits.reason()).contains("are due and wait", "minimum of 1,000,000,000.00");
    }

    @Test
    void oneMoreUnitCostsAboutWhatItSavesAtTheReorderPointAndSavesMoreWhereALimitBinds() {
        ReorderDecision free = plan(List.of(ReorderLines.ordinary()), SharedLimits.NONE)
                .decisions()
                .get(0);
        double lot = free.orderUpTo() - free.reorderPoint();
        assertThat(free.marginal().orElseThrow().cost()).isEqualTo(2 * lot / (20 * 365 / 7.0));
        assertThat(free.binding()).isEmpty();
        ReorderDecision cut = plan(List.of(ReorderLines.ordinary()), SharedLimits.ofBudget(OptionalDouble.of(150)))
                .decisions()
                .get(0);
        assertThat(cut.binding()).contains(Constraint.BUDGET);
        assertThat(cut.marginal().orElseThrow().saving())
                .isGreaterThan(cut.marginal().orElseThrow().cost())
                .isGreaterThan(free.marginal().orElseThrow().saving());
        assertThat(cut.reason()).contains("one more unit would cost");
    }

    @Test
    void aMinimumQuantityAndAPackBind() {
        assertThat(bindingOf(new LotTerms(500, 1))).contains(Constraint.MINIMUM_QUANTITY);
        assertThat(bindingOf(new LotTerms(50, 1)))
                .as("lots are larger by themselves")
                .isEmpty();
        assertThat(bindingOf(new LotTerms(0, 47))).contains(Constraint.PACK);
    }

    private static Optional<Constraint> bindingOf(LotTerms lot) {
        ReorderLine line = ReorderLines.ordinary(OptionalDouble.of(6), new StockPosition(1, 0, 0), lot);
        return plan(List.of(line), SharedLimits.NONE).decisions().get(0).binding();
    }
}
