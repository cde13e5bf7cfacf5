package io.millrace.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RidgeSplineTest {

    private static final RidgeSpline LINES = new RidgeSpline(20_000);

    private static double[][] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[count][3];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> random.nextDouble() * 2 - 1);
        }
        return rows;
    }

    private static double error(double[] said, double[] truth) {
        double squares = 0;
        for (int i = 0; i < said.length; i++) {
            squares += (said[i] - truth[i]) * (said[i] - truth[i]);
        }
        return Math.sqrt(squares / said.length);
    }

    @Test
    void aLineThatBendsIsFoundInNoise() {
        double[][] rows = rows(3_000, 1);
        SplittableRandom random = new SplittableRandom(2);
        double[] truth = Arrays.stream(rows)
                .mapToDouble(r -> Math.abs(r[0]) + 2 * r[1] + 7)
                .toArray();
        double[] targets =
                Arrays.stream(truth).map(y -> y + 0.5 * random.nextGaussian()).toArray();

        assertThat(error(LINES.fit(rows, targets).predict(rows), truth)).isLessThan(0.08);
    }

    @Test
    void whatIsNoiseAloneIsNearlyItsMean() {
        double[][] rows = rows(500, 3);
        SplittableRandom random = new SplittableRandom(4);
        double[] targets =
                Arrays.stream(rows).mapToDouble(r -> 5 + random.nextGaussian()).toArray();
        double[] five = new double[500];
        Arrays.fill(five, 5);

        // Least squares on 15 terms would be off by the root of 15 / 500, 0.17.
        assertThat(error(LINES.fit(rows, targets).predict(rows), five)).isLessThan(0.12);
    }

    @Test
    void whatNeverVariesOrIsMissingIsNoTrouble() {
        double[][] rows = {{1, Double.NaN}, {1, Double.NaN}, {1, 3}};
        assertThat(LINES.fit(rows, new double[] {2, 2, 2}).predict(new double[][] {{9, 9}}))
                .containsExactly(2);
        assertThat(LINES.fit(new double[][] {{1}, {1}}, new double[] {2, 4}).predict(new double[][] {{5}}))
                .containsExactly(new double[] {3}, within(1e-12));
    }

    @Test
    void treesStartFromTheMeanAndFindSteps() {
        double[][] rows = rows(2_000, 5);
        double[] steps =
                Arrays.stream(rows).mapToDouble(r -> 100 + (r[0] > 0.2 ? 3 : 0)).toArray();
        Trees trees = new Trees(new BoostedRegression.Options(100, 3, 0.1, 20, 0.7, 1));

        assertThat(error(trees.fit(rows, steps).predict(rows), steps)).isLessThan(0.3);
        assertThat(trees.fit(new double[][] {{1}, {2}}, new double[] {1, 3}).predict(new double[][] {{7}}))
                .containsExactly(2);
    }
}
