package io.millrace.launcher.demo;

import io.millrace.decisions.StableHash;
import io.millrace.decisions.inventory.GammaSampler;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random draws that {@link RandomGenerator} lacks. StrictMath throughout, so that another machine draws the same bits.
 */
final class Draws {

    private Draws() {}

    /** An own stream of numbers for one concern, so that a change to one does not move the others. */
    static SplittableRandom stream(long seed, String concern) {
        return new SplittableRandom(StableHash.mix(seed ^ StableHash.mix(concern.hashCode())));
    }

    /** A number in [0, 1) that depends on its arguments alone. */
    static double hashed(long seed, int a, int b) {
        return (StableHash.mix(seed ^ StableHash.mix(((long) a << 32) ^ (b & 0xffffffffL))) >>> 11) * 0x1.0p-53;
    }

    static boolean chance(RandomGenerator random, double probability) {
        return random.nextDouble() < probability;
    }

    static double between(RandomGenerator random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    static <T> T oneOf(RandomGenerator random, T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Gamma with the given shape (at least 1) and mean. */
    static double gamma(RandomGenerator random, double shape, double mean) {
        return GammaSampler.next(shape, random) * mean / shape;
    }

    /** Poisson by products of uniforms: Knuth, TAOCP vol. 2, 3.4.1. For means up to some hundred. */
    static int poisson(RandomGenerator random, double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    static double logNormal(RandomGenerator random, double median, double sigma) {
        return median * StrictMath.exp(sigma * random.nextGaussian());
    }

    /** Index drawn with probability proportional to the steps of a running total. */
    static int index(RandomGenerator random, double[] runningTotal) {
        double at = random.nextDouble() * runningTotal[runningTotal.length - 1];
        int found = Arrays.binarySearch(runningTotal, at);
        int index = found >= 0 ? found + 1 : -found - 1;
        return Math.min(index, runningTotal.length - 1);
    }

    static double[] runningTotal(double... weights) {
        double[] total = weights.clone();
        for (int i = 1; i < total.length; i++) {
            total[i] += total[i - 1];
        }
        return total;
    }
}
