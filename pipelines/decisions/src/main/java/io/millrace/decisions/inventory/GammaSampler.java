package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.random.RandomGenerator;

/**
 * Gamma variates of scale 1 (Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, ACM TOMS 26, 2000). StrictMath for
 * shapes of 1 and more, so that another machine draws the same bits.
 */
public final class GammaSampler {

    private static final int MOST_DRAWS = 1000;

    private GammaSampler() {}

    /**
     * One variate.
     *
     * @param shape finite and above 0; with any other the rejection below would never end
     */
    public static double next(double shape, RandomGenerator random) {
        Require.positive("shape of a gamma variate", shape);
        if (shape < 1) {
            return next(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        // At least 95 of 100 draws are accepted, so a source that is refused so often is none of random numbers.
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            double cube = v * v * v;
            if (v > 0
                    && StrictMath.log(1 - random.nextDouble())
                            < 0.5 * x * x + d - d * cube + d * StrictMath.log(cube)) {
                return d * cube;
            }
        }
        throw new IllegalStateException(
                "no gamma variate of shape %s in %d draws; the generator is not random".formatted(shape, MOST_DRAWS));
    }
}
