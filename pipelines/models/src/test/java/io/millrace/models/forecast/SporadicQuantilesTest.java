package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SporadicQuantilesTest {

    private static final DemandSizes SIZES = new DemandSizes(1.5, 0.6, 0.8);
    private static final double[] HISTORY = {4, 0, 0, 9, 0, 2, 0, 0};

    /** A sale or none, and its size: drawn many times and counted. */
    @Test
    void quantilesAndVarianceAreThoseOfDraws() {
        double mean = 2.4;
        double[] next = SIZES.next(HISTORY);
        double probability = mean / Math.exp(next[0] + next[1] / 2);
        SplittableRandom random = new SplittableRandom(3);
        double[] draws = new double[400_000];
        Arrays.setAll(
                draws,
                i -> random.nextDouble() < probability
                        ? Math.exp(next[0] + Math.sqrt(next[1]) * random.nextGaussian())
                        : 0);
        double squares =
                Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        Arrays.sort(draws);
        double[][] quantiles = SporadicQuantiles.of(new double[] {mean, 0}, HISTORY, SIZES);
        assertThat(quantiles[0][0]).isZero();
        assertThat(quantiles[1][0]).isCloseTo(draws[draws.length / 2], within(0.05));
        assertThat(quantiles[2][0]).isCloseTo(draws[draws.length * 9 / 10], within(0.15));
        assertThat(quantiles[2][1]).isZero();
        assertThat(SporadicQuantiles.variance(mean, HISTORY, SIZES)).isCloseTo(squares, within(0.05 * squares));
    }
}
