package io.millrace.decisions.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PheromoneTest {

    private static final int PLACES = 7;
    private static final double PERSISTENCE = 0.8;
    private static final double LEAST = 0.05;

    /** The rule of the paper on a plain matrix, every trail touched every time. */
    @Test
    void trailsAreThoseOfAPlainMatrixBetweenTheirLimits() {
        Pheromone pheromone = new Pheromone(PLACES, PERSISTENCE, LEAST);
        double[][] plain = new double[PLACES][PLACES];
        for (double[] row : plain) {
            Arrays.fill(row, 1);
        }
        Random random = new Random(1);
        RoutingProblem problem = RandomProblems.of(new RandomProblems.Kind(1, PLACES - 1, false, false), 1);
        for (int round = 0; round < 400; round++) {
            List<Route> routes = RandomProblems.routes(problem, 2, random);
            pheromone.reinforce(routes, false);
            for (double[] row : plain) {
                for (int j = 0; j < PLACES; j++) {
                    row[j] *= PERSISTENCE;
                }
            }
            for (Route route : routes) {
                int here = 0;
                for (int next :
                        Stream.concat(route.stops().stream(), Stream.of(0)).toList()) {
                    plain[here][next] += 1 - PERSISTENCE;
                    here = next;
                }
            }
            for (int i = 0; i < PLACES; i++) {
                for (int j = 0; j < PLACES; j++) {
                    plain[i][j] = Math.max(LEAST, Math.min(1, plain[i][j]));
                    assertThat(pheromone.of(i, j))
                            .isCloseTo(plain[i][j], within(1e-4))
                            .isBetween(LEAST, 1 + 1e-6);
                }
            }
        }
    }

    @Test
    void anArcThatIsAlwaysUsedKeepsTheUpperLimitAndOneThatNeverIsSinksToTheLower() {
        Pheromone pheromone = new Pheromone(4, PERSISTENCE, LEAST);
        for (int round = 0; round < 1000; round++) {
            pheromone.reinforce(List.of(new Route(0, List.of(1, 2, 3))), true);
        }
        assertThat(pheromone.of(1, 2)).isCloseTo(1, within(1e-4));
        assertThat(pheromone.of(2, 1)).isCloseTo(1, within(1e-4));
        assertThat(pheromone.of(1, 3)).isEqualTo(LEAST);
    }
}
