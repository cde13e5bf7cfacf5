package io.millrace.models.policy;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a policy would have earned a row, told from what was done. A policy is how likely it takes each action in the context of each
 * row: one array a row, one value an action, of sum 1.
 *
 * <p>With weight w = (probability of the action under the policy) / (its propensity), reward r and expected reward q:
 *
 * <ul>
 *   <li>IPS, the mean of w r (Horvitz and Thompson, 1952): right if the propensities are.
 *   <li>SNIPS, the sum of w r over the sum of w (Swaminathan and Joachims, "The self-normalized estimator for counterfactual
 *       learning", 2015): a constant that is added to all rewards is added to the value.
 *   <li>DR, the mean of Σ π q + w (r − q) (Robins, Rotnitzky and Zhao, 1994; Dudík, Langford and Li, "Doubly robust policy evaluation
 *       and learning", 2011): right if propensities or expected rewards are.
 *   <li>Switch-DR, the same without the correction of rows whose weight is above a bound (Wang, Agarwal and Dudík, "Optimal and
 *       adaptive off-policy evaluation in contextual bandits", 2017). The bound is the one of least variance plus squared bias. The
 *       bias is at most the policy's share of what is left out times the mean absolute residual; the interval is so much wider.
 * </ul>
 *
 * <p>Expected rewards and estimated propensities have to come from models that have not seen the row.
 */
public final class Valuation {

    /** Shares of the rows that keep their correction, among which Switch-DR chooses. */
    private static final double[] KEPT = {0.9, 0.95, 0.98, 0.99, 0.995, 1};

    private final int[] taken;
    private final double[] rewards;
    private final double[] propensities;
    private final double[][] expected;

    /**
     * @param taken        the action of each row, {@link ContactLog#OTHER} for one that no policy takes
     * @param rewards      one a row
     * @param propensities of the action that was taken, above 0, one a row
     * @param expected     rewards that are expected: one array a row, one value an action
     */
    public Valuation(int[] taken, double[] rewards, double[] propensities, double[][] expected) {
        if (taken.length == 0
                || rewards.length != taken.length
                || propensities.length != taken.length
                || expected.length != taken.length) {
            throw new IllegalArgumentException(
                    "There are %d actions, %d rewards, %d propensities and %d expectations; give one each a row"
                            .formatted(taken.length, rewards.length, propensities.length, expected.length));
        }
        this.taken = taken;
        this.rewards = rewards;
        this.propensities = propensities;
        this.expected = expected;
    }

    /**
     * Values of a policy by each way, a row.
     *
     * @param effectiveRows number of rows that would tell as much if all had the same weight (Kish, 1965); 0 if no row has any
     */
    public record Values(Estimate ips, Estimate snips, Estimate dr, Estimate switchDr, double effectiveRows) {

        /** The same with the variance of another estimate added to that of each. */
        Values widenedBy(Estimate other) {
            return new Values(
                    ips.widenedBy(other),
                    snips.widenedBy(other),
                    dr.widenedBy(other),
                    switchDr.widenedBy(other),
                    effectiveRows);
        }
    }

    /** A policy that always takes one action, for each row. */
    public static double[][] always(int action, int rows, int actions) {
        int[] choice = new int[rows];
        Arrays.fill(choice, action);
        return choosing(choice, actions);
    }

    /** A policy that takes one action in the context of each row. */
    public static double[][] choosing(int[] choice, int actions) {
        double[][] policy = new double[choice.length][actions];
        for (int i = 0; i < choice.length; i++) {
            policy[i][choice[i]] = 1;
        }
        return policy;
    }

    /** A policy that takes every action with the same probability. */
    public static double[][] uniform(int rows, int actions) {
        double[] even = new double[actions];
        Arrays.fill(even, 1.0 / actions);
        return IntStream.range(0, rows).mapToObj(i -> even).toArray(double[][]::new);
    }

    /** The values of a policy. */
    public Values of(double[][] policy) {
        double[] weights = weights(policy);
        double sum = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(w -> w * w).sum();
        double[] weighted = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            weighted[i] = weights[i] * rewards[i];
        }
        return new Values(
                Estimate.ofMean(weighted),
                snips(weights, sum),
                Estimate.ofMean(scores(policy)),
                switched(policy, weights),
                squares > 0 ? sum * sum / squares : 0);
    }

    /** What the policy that was logged earned: the mean reward, by any way. */
    public Values logged() {
        Estimate mean = Estimate.ofMean(rewards);
        return new Values(mean, mean, mean, mean, rewards.length);
    }

    private double[] weights(double[][] policy) {
        double[] weights = new double[taken.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = taken[i] == ContactLog.OTHER ? 0 : policy[i][taken[i]] / propensities[i];
        }
        return weights;
    }

    /** By linearisation of the ratio; undefined if no row has any weight. */
    private Estimate snips(double[] weights, double sum) {
        if (!(sum > 0)) {
            return new Estimate(Double.NaN, Double.NaN, Double.NaN);
        }
        double value = 0;
        for (int i = 0; i < weights.length; i++) {
            value += weights[i] * rewards[i] / sum;
        }
        double[] residuals = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            residuals[i] = weights[i] * (rewards[i] - value) * weights.length / sum;
        }
        return Estimate.around(value, Estimate.error(residuals, 0));
    }

    /** The doubly robust score of each row, of which the value is the mean. */
    public double[] scores(double[][] policy) {
        double[] weights = weights(policy);
        double[] scores = direct(policy);
        for (int i = 0; i < scores.length; i++) {
            scores[i] += correction(weights, i);
        }
        return scores;
    }

    /** By how much one policy earns more than another, a row, from the differences of their scores. */
    public Estimate gain(double[][] policy, double[][] over) {
        return difference(scores(policy), scores(over));
    }

    /** By how much a policy earns more than what was done. */
    public Estimate gainOverLogged(double[][] policy) {
        return difference(scores(policy), rewards);
    }

    private static Estimate difference(double[] scores, double[] others) {
        double[] differences = new double[scores.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = scores[i] - others[i];
        }
        return Estimate.ofMean(differences);
    }

    private double[] direct(double[][] policy) {
        double[] direct = new double[taken.length];
        for (int i = 0; i < direct.length; i++) {
            for (int a = 0; a < policy[i].length; a++) {
                direct[i] += policy[i][a] == 0 ? 0 : policy[i][a] * expected[i][a];
            }
        }
        return direct;
    }

    private double correction(double[] weights, int i) {
        return weights[i] == 0 ? 0 : weights[i] * (rewards[i] - expected[i][taken[i]]);
    }

    private Estimate switched(double[][] policy, double[] weights) {
        double[] sorted = Arrays.stream(weights).filter(w -> w > 0).sorted().toArray();
        double[] direct = direct(policy);
        double residual = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > 0)
                .mapToDouble(i -> Math.abs(rewards[i] - expected[i][taken[i]]))
                .average()
                .orElse(0);
        Estimate best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double kept : KEPT) {
            double bound = sorted.length == 0 ? 0 : sorted[(int) Math.ceil(kept * sorted.length) - 1];
            double[] scores = direct.clone();
            double beyond = 0;
            for (int i = 0; i < scores.length; i++) {
                scores[i] += weights[i] > bound ? 0 : correction(weights, i);
                beyond += weights[i] > bound ? weights[i] / weights.length : 0;
            }
            double mean = Arrays.stream(scores).average().orElseThrow();
            double error = Estimate.error(scores, mean);
            double bias = Math.min(1, beyond) * residual;
            if (error * error + bias * bias < least) {
                least = error * error + bias * bias;
                best = new Estimate(mean, mean - Estimate.SPREAD * error - bias, mean + Estimate.SPREAD * error + bias);
            }
        }
        return best;
    }
}
