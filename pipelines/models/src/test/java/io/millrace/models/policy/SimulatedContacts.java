package io.millrace.models.policy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A company whose truth is known: five features, three actions. The second action is best for everybody by a little, the third is better
 * for some and worse for the others.
 *
 * @param effect how far the third action is better or worse, 0 or more
 * @param bias   how much the log follows the context: 0 for a randomised one
 * @param binary whether rewards are 0 and 1
 */
record SimulatedContacts(double effect, double bias, boolean binary) {

    static final List<String> ACTIONS = List.of("none", "mail", "call");

    /** Rewards that are expected in a context. */
    double[] expected(double[] x) {
        double base = 0.3 + 0.08 * x[0] + (x[1] > 0.5 ? 0.08 : 0);
        double call = effect * (x[2] > 0 ? 1 : -1);
        double[] q = {base, base + 0.05, base + 0.03 + call};
        return binary
                ? Arrays.stream(q).map(p -> Math.min(0.97, Math.max(0.03, p))).toArray()
                : q;
    }

    /** With which probability the log takes each action. */
    double[] propensities(double[] x) {
        double[] e = {Math.exp(bias * x[0]), 1, Math.exp(-bias * (x[1] + x[2]) / 2)};
        double sum = e[0] + e[1] + e[2];
        return new double[] {e[0] / sum, e[1] / sum, e[2] / sum};
    }

    double[] context(RandomGenerator random) {
        double[] x = new double[5];
        for (int j = 0; j < x.length; j++) {
            x[j] = Math.max(-2.5, Math.min(2.5, random.nextGaussian()));
        }
        return x;
    }

    /** @param logged whether propensities are logged */
    ContactLog log(int rows, long seed, boolean logged) {
        RandomGenerator random = new SplittableRandom(seed);
        double[][] contexts = new double[rows][];
        int[] taken = new int[rows];
        double[] rewards = new double[rows];
        double[] propensities = new double[rows];
        for (int i = 0; i < rows; i++) {
            contexts[i] = context(random);
            double[] e = propensities(contexts[i]);
            double draw = random.nextDouble();
            taken[i] = draw < e[0] ? 0 : draw < e[0] + e[1] ? 1 : 2;
            propensities[i] = e[taken[i]];
            double mean = expected(contexts[i])[taken[i]];
            rewards[i] = binary ? (random.nextDouble() < mean ? 1 : 0) : mean + 0.5 * random.nextGaussian();
        }
        return new ContactLog(
                List.of("a", "b", "c", "d", "e"),
                contexts,
                ACTIONS,
                taken,
                rewards,
                logged ? propensities : new double[0]);
    }
}
