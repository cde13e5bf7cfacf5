package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

/**
 * What happens to a line whatever its policy: demand of each day and the lead time of an order placed on it. Two policies run
 * in the same world are compared on common random numbers.
 */
public final class SimulatedWorld {

    private final double[] demand;
    private final int[] leadTimes;
    private final int warmUpDays;
    private final int longestLeadTime;

    /**
     * Takes the arrays as they are; they must not be changed afterwards.
     *
     * @param demand     units of each day, 0 or more
     * @param leadTimes  days that an order placed at the start of the day takes, 0 or more; 0 arrives before the day's demand
     * @param warmUpDays first days that are lived through and not counted, fewer than there are
     */
    public SimulatedWorld(double[] demand, int[] leadTimes, int warmUpDays) {
        Require.that(
                demand.length == leadTimes.length,
                "%s days of demand and %s lead times; give one lead time for each day",
                demand.length,
                leadTimes.length);
        Require.between("days of warm-up", warmUpDays, 0, demand.length - 1.0);
        this.demand = demand;
        this.leadTimes = leadTimes;
        this.warmUpDays = warmUpDays;
        int longest = 0;
        for (int days : leadTimes) {
            longest = Math.max(longest, Require.atLeast("lead time", days, 0));
        }
        longestLeadTime = longest;
    }

    int days() {
        return demand.length;
    }

    int warmUpDays() {
        return warmUpDays;
    }

    int longestLeadTime() {
        return longestLeadTime;
    }

    double demand(int day) {
        return demand[day];
    }

    int leadTime(int day) {
        return leadTimes[day];
    }
}
