package io.millrace.decisions.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingOptimizerTest {

    private static final double EXACT = 1e-6;

    private static Stream<RandomProblems.Kind> kinds() {
        return Stream.of(
                new RandomProblems.Kind(1, 1, false, false),
                new RandomProblems.Kind(1, 2, true, false),
                new RandomProblems.Kind(1, 8, false, false),
                new RandomProblems.Kind(1, 8, true, false),
                new RandomProblems.Kind(1, 8, false, true),
                new RandomProblems.Kind(1, 8, true, true),
                new RandomProblems.Kind(2, 7, false, false),
                new RandomProblems.Kind(3, 7, true, true));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void smallProblemsAreSolvedToTheOptimum(RandomProblems.Kind kind) {
        for (long seed = 1; seed <= 8; seed++) {
            RoutingProblem problem = RandomProblems.of(kind, seed);
            RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(2000, seed)).plan(problem);
            assertThat(plan.verdict().faults()).isEmpty();
            assertThat(plan.distance()).as("%s", seed).isCloseTo(ExactRoutes.distance(problem), within(EXACT));
        }
    }

    @Test
    void aFleetThatJustSufficesIsKeptToIfItCostsDistance() {
        RoutingProblem free = RandomProblems.of(new RandomProblems.Kind(1, 8, false, false), 4);
        double demand = free.customers().stream().mapToDouble(Stop::demand).sum();
        RoutingProblem tight = free.withVehicles(OptionalInt.of((int) Math.ceil(demand / free.capacity())));
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(4000, 1)).plan(tight);
        assertThat(plan.verdict().faults()).isEmpty();
        assertThat(plan.verdict().vehicles())
                .isLessThanOrEqualTo(tight.vehicles().getAsInt());
        assertThat(plan.distance()).isCloseTo(ExactRoutes.distance(tight), within(EXACT));
    }

    @Test
    void aFleetThatCannotCarryItIsToldAndNotHidden() {
        RoutingProblem problem =
                RoutingProblem.of("three halves", stops(6, 6, 6), 10, line(4)).withVehicles(OptionalInt.of(2));
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(500, 1)).plan(problem);
        assertThat(plan.verdict().isFeasible()).isFalse();
        assertThat(plan.verdict().faults()).anyMatch(fault -> fault.contains("above the capacity of 10"));
        assertThat(plan.routes().stream()
                        .mapToInt(route -> route.stops().size())
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void theSameSeedGivesTheSameRoutesOnAnyNumberOfThreads() {
        RoutingProblem problem = RandomProblems.of(new RandomProblems.Kind(1, 60, true, false), 9);
        RoutingOptions options = RoutingOptions.ofIterations(3001, 7);
        RoutingPlan one = new RoutingOptimizer(options.withThreads(1)).plan(problem);
        RoutingPlan two = new RoutingOptimizer(options.withThreads(2)).plan(problem);
        RoutingPlan again = new RoutingOptimizer(options.withThreads(2)).plan(problem);
        assertThat(two).isEqualTo(one).isEqualTo(again);
        assertThat(one.ants()).isEqualTo(3001);
    }

    @Test
    void aLimitOfTimeEndsTheSearchWithRoutesThatServeEverybody() {
        RoutingProblem problem = RandomProblems.of(new RandomProblems.Kind(1, 150, false, false), 2);
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofSeconds(0.3, 1)).plan(problem);
        assertThat(plan.verdict().faults()).isEmpty();
        assertThat(plan.ants()).isPositive();
        assertThat(plan.distance())
                .isLessThanOrEqualTo(plan.baselines().get("savings_2opt").distance());
    }

    @Test
    void stopsOnACircleAreVisitedInTheirOrder() {
        int n = 40;
        TravelMatrix circle = TravelMatrix.euclidean(
                n, i -> 100 * Math.cos(2 * Math.PI * i / n), i -> 100 * Math.sin(2 * Math.PI * i / n));
        RoutingProblem problem =
                RoutingProblem.of("circle", stops(new double[n - 1]), 1, circle).withVehicles(OptionalInt.of(1));
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(2000, 1)).plan(problem);
        assertThat(plan.distance()).isCloseTo(2 * n * 100 * Math.sin(Math.PI / n), within(EXACT));
    }

    @Test
    void whereWindowsForbidTheShortWayTheyAreKept() {
        List<Stop> depot = List.of(new Stop("depot", 0, 0, 100, 0));
        List<Stop> customers =
                List.of(new Stop("near", 1, 50, 60, 1), new Stop("middle", 1, 30, 35, 1), new Stop("far", 1, 0, 20, 1));
        TravelMatrix line = line(4);
        RoutingProblem problem = new RoutingProblem("line", depot, customers, 3, OptionalInt.empty(), line, line);
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(200, 1)).plan(problem);
        assertThat(plan.routes()).containsExactly(new Route(0, List.of(3, 2, 1)));
        assertThat(plan.distance()).isCloseTo(6, within(EXACT));
    }

    @Test
    void baselinesServeEverybodyInTime() {
        for (RandomProblems.Kind kind : List.of(
                new RandomProblems.Kind(1, 50, true, false),
                new RandomProblems.Kind(2, 50, true, true),
                new RandomProblems.Kind(1, 50, false, false))) {
            RoutingProblem problem = RandomProblems.of(kind, 6);
            RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(300, 1)).plan(problem);
            assertThat(plan.baselines()).containsOnlyKeys("nearest_neighbour_2opt", "savings", "savings_2opt");
            plan.baselines()
                    .forEach((name, verdict) ->
                            assertThat(verdict.faults()).as(name).isEmpty());
            assertThat(plan.baselines().get("savings_2opt").distance())
                    .isLessThanOrEqualTo(plan.baselines().get("savings").distance());
            assertThat(plan.verdict().faults()).isEmpty();
            assertThat(plan.distance())
                    .isLessThan(plan.baselines().get("savings_2opt").distance());
        }
    }

    @Test
    void problemsThatNobodyCanServeAreRefusedByName() {
        TravelMatrix line = line(3);
        assertThatThrownBy(() -> RoutingProblem.of("heavy", stops(3, 11), 10, line))
                .hasMessageContaining("customer 2 has a demand of 11.0, above the vehicle capacity of 10.0");
        assertThatThrownBy(() -> RoutingProblem.of("few", stops(9, 9), 10, line).withVehicles(OptionalInt.of(1)))
                .hasMessageContaining("the demand of 18.0 is above what all vehicles carry, 10.0");
        assertThatThrownBy(() -> new RoutingProblem(
                        "late",
                        List.of(new Stop("depot", 0, 0, 100, 0)),
                        List.of(Stop.of("in time", 1), new Stop("too far", 1, 0, 1.5, 0)),
                        10,
                        OptionalInt.empty(),
                        line,
                        line))
                .hasMessageContaining("customer too far cannot be reached before it closes at 1.5");
        assertThatThrownBy(() -> RoutingProblem.of("none", List.of(), 10, line(1)))
                .hasMessageContaining("no customer");
        assertThatThrownBy(() -> new RoutingOptions(OptionalLong.empty(), OptionalDouble.empty(), 2, 2, 1))
                .hasMessageContaining("would not end");
    }

    private static List<Stop> stops(double... demands) {
        List<Stop> stops = new ArrayList<>();
        IntStream.range(0, demands.length).forEach(i -> stops.add(Stop.of(String.valueOf(i + 1), demands[i])));
        return stops;
    }

    private static TravelMatrix line(int places) {
        return TravelMatrix.of(places, (i, j) -> Math.abs(i - j));
    }
}
