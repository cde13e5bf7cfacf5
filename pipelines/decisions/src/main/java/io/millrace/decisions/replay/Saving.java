package io.millrace.decisions.replay;

import io.millrace.decisions.Require;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What a policy saved against another on the same days, with the interval in which it lies nineteen times in twenty as far as
 * chance picked the items: that of sums over items drawn again with replacement (Efron, Bootstrap Methods: Another Look at the
 * Jackknife, Annals of Statistics 7, 1979).
 *
 * @param amount     money saved; below 0 where the policy cost more
 * @param amountLow  low end of its interval
 * @param amountHigh high end
 * @param share      of what the other cost
 * @param shareLow   low end of its interval
 * @param shareHigh  high end
 */
public record Saving(
        double amount, double amountLow, double amountHigh, double share, double shareLow, double shareHigh) {

    private static final int DRAWS = 2000;
    private static final double TAIL = 0.025;

    /**
     * Compares two policies.
     *
     * @param other cost of each item under the other policy
     * @param ours  cost of the same items under ours
     */
    public static Saving of(double[] other, double[] ours, RandomGenerator random) {
        Require.that(
                other.length == ours.length && other.length > 0,
                "costs of %s and of %s items; give one or more, and the same of both",
                other.length,
                ours.length);
        double[] amounts = new double[DRAWS];
        double[] shares = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double theirs = 0;
            double saved = 0;
            for (int i = 0; i < other.length; i++) {
                int item = random.nextInt(other.length);
                theirs += other[item];
                saved += other[item] - ours[item];
            }
            amounts[draw] = saved;
            shares[draw] = theirs > 0 ? saved / theirs : 0;
        }
        Arrays.sort(amounts);
        Arrays.sort(shares);
        double all = Arrays.stream(other).sum();
        double amount = all - Arrays.stream(ours).sum();
        int low = (int) (TAIL * DRAWS);
        int high = DRAWS - 1 - low;
        return new Saving(amount, amounts[low], amounts[high], all > 0 ? amount / all : 0, shares[low], shares[high]);
    }
}
