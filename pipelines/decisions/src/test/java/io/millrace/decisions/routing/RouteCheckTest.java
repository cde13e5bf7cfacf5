package io.millrace.decisions.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Places on a line at 0 (the depot), 1, 2 and 3. */
class RouteCheckTest {

    private static final TravelMatrix LINE = TravelMatrix.of(4, (i, j) -> Math.abs(i - j));

    private final RoutingProblem problem = new RoutingProblem(
            "line",
            List.of(new Stop("depot", 0, 0, 20, 0)),
            List.of(new Stop("a", 4, 0, 20, 2), new Stop("b", 4, 6, 20, 2), new Stop("c", 4, 0, 4, 2)),
            8,
            OptionalInt.of(2),
            LINE,
            LINE);

    private RouteCheck.Verdict check(Route... routes) {
        return RouteCheck.of(problem, List.of(routes));
    }

    @Test
    void routesThatKeepToEverythingHaveNoFault() {
        RouteCheck.Verdict verdict =
                check(new Route(0, List.of(3, 2)), new Route(0, List.of(1)), new Route(0, List.of()));
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.isFeasible()).isTrue();
        assertThat(verdict.distance()).isEqualTo(8);
        assertThat(verdict.vehicles()).isEqualTo(2);
    }

    @Test
    void everyBrokenRuleIsNamed() {
        assertThat(check(new Route(0, List.of(3, 2, 1))).faults())
                .containsExactly("route 1 carries 12.0, above the capacity of 8.0");
        assertThat(check(new Route(0, List.of(2, 3)), new Route(0, List.of(1))).faults())
                .containsExactly("route 1 is at stop c at 9.0, which closes at 4.0");
        assertThat(check(new Route(0, List.of(3, 2))).faults()).containsExactly("customer a is visited 0 times");
        assertThat(check(new Route(0, List.of(3, 1)), new Route(0, List.of(2, 1)))
                        .faults())
                .containsExactly("customer a is visited 2 times");
        assertThat(check(new Route(0, List.of(1)), new Route(0, List.of(2)), new Route(0, List.of(3)))
                        .faults())
                .containsExactly("3 routes start at depot depot, and there are 2 vehicles");
        assertThat(check(new Route(0, List.of(3, 2)), new Route(1, List.of(1))).faults())
                .hasSize(2);
        assertThat(check(new Route(0, List.of(3, 2)), new Route(0, List.of(0, 1)))
                        .faults())
                .hasSize(2);
    }

    @Test
    void aReturnAfterTheDepotClosesIsLate() {
        RoutingProblem early = new RoutingProblem(
                "early",
                List.of(new Stop("depot", 0, 0, 7, 0)),
                problem.customers().subList(0, 1),
                8,
                OptionalInt.empty(),
                TravelMatrix.of(2, (i, j) -> 2.5),
                TravelMatrix.of(2, (i, j) -> 2.5));
        assertThat(RouteCheck.of(early, List.of(new Route(0, List.of(1)))).faults())
                .isEmpty();
    }
}
