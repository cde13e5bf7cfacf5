package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final int DRAWS = 200_000;

    private final SplittableRandom random = Draws.stream(7, "test");

    @Test
    void gammaHasItsMeanAndVariance() {
        assertMoments(() -> Draws.gamma(random, 4, 10), 10, 10 * 10 / 4.0);
    }

    @Test
    void poissonHasItsMeanAndVariance() {
        assertMoments(() -> Draws.poisson(random, 2.5), 2.5, 2.5);
        assertMoments(() -> Draws.poisson(random, 120), 120, 120);
    }

    @Test
    void anIndexIsDrawnAsOftenAsItsWeightSays() {
        double[] total = Draws.runningTotal(1, 0, 3);
        int[] seen = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            seen[Draws.index(random, total)]++;
        }
        assertThat(seen[1]).isZero();
        assertThat(seen[2] / (double) DRAWS).isCloseTo(0.75, within(0.01));
    }

    @Test
    void concernsHaveStreamsOfTheirOwn() {
        assertThat(Draws.stream(1, "a").nextLong())
                .isEqualTo(Draws.stream(1, "a").nextLong());
        assertThat(Draws.stream(1, "a").nextLong())
                .isNotEqualTo(Draws.stream(1, "b").nextLong());
        assertThat(Draws.stream(1, "a").nextLong())
                .isNotEqualTo(Draws.stream(2, "a").nextLong());
    }

    @Test
    void hashedNumbersAreUniform() {
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            for (int j = 0; j < 100; j++) {
                sum += Draws.hashed(42, i, j) < 0.1 ? 1 : 0;
            }
        }
        assertThat(sum / 100_000).isCloseTo(0.1, within(0.004));
    }

    private static void assertMoments(DoubleSupplier draw, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double x = draw.getAsDouble();
            sum += x;
            squares += (x - mean) * (x - mean);
        }
        assertThat(sum / DRAWS).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(variance, within(0.05 * variance));
    }
}
