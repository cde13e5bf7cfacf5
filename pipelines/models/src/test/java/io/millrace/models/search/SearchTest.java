package io.millrace.models.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTest {

    @Test
    void goldenSectionFindsTheLowestOfTwoValleysAndTheEdge() {
        assertThat(GoldenSection.minimise(x -> Math.cos(8 * x) + x, 0, 1.9, 1e-6))
                .isCloseTo((Math.PI - Math.asin(1 / 8.0)) / 8, within(1e-5));
        assertThat(GoldenSection.minimise(x -> -x, 0, 1, 1e-6)).isEqualTo(1);
    }

    /** Rosenbrock 1960: a bent valley whose lowest point is (1, 1). */
    @Test
    void nelderMeadFollowsTheBentValley() {
        double[] found = NelderMead.minimise(
                p -> 100 * Math.pow(p[1] - p[0] * p[0], 2) + Math.pow(1 - p[0], 2),
                new double[] {-1.2, 1},
                0.5,
                1e-14,
                2000);
        assertThat(found).containsExactly(new double[] {1, 1}, within(1e-4));
    }

    @Test
    void lbfgsFollowsTheBentValleyOfManyVariables() {
        // Rosenbrock's valley, extended to pairs of variables (More, Garbow and Hillstrom 1981, number 21).
        Lbfgs.Objective valleys = (p, slope) -> {
            double value = 0;
            for (int j = 0; j < p.length; j += 2) {
                double bent = p[j + 1] - p[j] * p[j];
                value += 100 * bent * bent + (1 - p[j]) * (1 - p[j]);
                slope[j] = -400 * bent * p[j] - 2 * (1 - p[j]);
                slope[j + 1] = 200 * bent;
            }
            return value;
        };
        double[] start = new double[40];
        Arrays.setAll(start, j -> j % 2 == 0 ? -1.2 : 1);

        double[] found = Lbfgs.minimise(valleys, start, 1e-12, 500);

        for (double value : found) {
            assertThat(value).isCloseTo(1, within(1e-4));
        }
        assertThat(Lbfgs.minimise(valleys, found, 1e-12, 0)).containsExactly(found);
    }

    @Test
    void nelderMeadKeepsOutOfForbiddenGround() {
        double[] found = NelderMead.minimise(p -> p[0] < 0.3 ? Double.NaN : p[0], new double[] {2}, 0.5, 1e-9, 500);
        assertThat(found[0]).isCloseTo(0.3, within(1e-3));
    }

    /** The least goes first, and what was below 0 beside it may count without it. */
    @Test
    void whatWouldWeighLessThanNothingWeighsNothing() {
        Map<List<Integer>, double[]> solved = Map.of(
                List.of(0, 1, 2), new double[] {-1, 0.5, -2, 7},
                List.of(0, 1), new double[] {0.2, 0.3, 8},
                List.of(0), new double[] {-1, 7},
                List.of(), new double[] {9});
        assertThat(NotNegative.weights(3, counted -> solved.get(List.copyOf(counted))))
                .containsExactly(0.2, 0.3, 0, 8);
        assertThat(NotNegative.weights(1, counted -> solved.get(List.copyOf(counted))))
                .as("nobody counts")
                .containsExactly(0, 9);
    }
}
