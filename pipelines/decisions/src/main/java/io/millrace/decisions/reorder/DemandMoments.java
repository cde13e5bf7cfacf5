package io.millrace.decisions.reorder;

/**
 * Mean and variance of the demand that a reorder point and a lot have to meet.
 *
 * @param weeklyMean     level of demand in the weeks that this order is for, units a week
 * @param weeklyVariance variance of demand in one of them
 * @param leadTimeMean   expected demand over the lead time
 * @param leadTimeVariance variance of demand over the lead time, for its own and for the lead time's uncertainty
 * @param undershootMean expected distance below the reorder point at the review that finds it passed
 * @param undershootVariance variance of that distance
 */
record DemandMoments(
        double weeklyMean,
        double weeklyVariance,
        double leadTimeMean,
        double leadTimeVariance,
        double undershootMean,
        double undershootVariance) {

    private static final int DAYS_A_WEEK = 7;
    private static final int LEAST_DAYS = 28;
    /** Units below which nothing is expected between two reviews. */
    private static final double NOTHING = 1e-9;

    /** Computes them for a line that is reviewed every so many days. */
    static DemandMoments of(ReorderLine line, int reviewDays) {
        double lead = line.leadTime().meanDays();
        double weeks = Math.ceil(Math.max(LEAST_DAYS, lead + reviewDays) / DAYS_A_WEEK);
        double mean = line.demand().expected(weeks * DAYS_A_WEEK) / weeks;
        double variance = line.demand().weeklyVariance(weeks * DAYS_A_WEEK);
        double daily = mean / DAYS_A_WEEK;
        double sdDays = line.leadTime().sdDays();
        double step = line.demand().comesInWholeUnits() ? 1 : 0;
        double most = line.demand().mostInAWeek() * Math.ceil((double) reviewDays / DAYS_A_WEEK);
        double[] undershoot = undershoot(daily * reviewDays, variance / DAYS_A_WEEK * reviewDays, step, most);
        return new DemandMoments(
                mean,
                variance,
                line.demand().expected(lead),
                line.demand().variance(lead) + daily * daily * sdDays * sdDays,
                undershoot[0],
                undershoot[1]);
    }

    /**
     * Renewal theory's mean E[X²] / 2E[X] and variance E[X³] / 3E[X] − mean² for demand X between reviews, X taken as gamma; the
     * variance is written out, because the difference loses every digit where demand is scarce
     * (Tijms and Groenevelt, Simple Approximations for the Reorder Point in Periodic and Continuous Review (s, S) Inventory
     * Systems with Service Level Constraints, European Journal of Operational Research 17, 1984). Demand in whole units passes
     * the point half a unit later on average, because an order goes out at the point itself. As X never exceeds a most M, the
     * mean is at most M / 2 and E[X³] at most M E[X²], where a gamma distribution of the same moments would go far beyond.
     */
    private static double[] undershoot(double mean, double variance, double step, double most) {
        if (mean < NOTHING) {
            return new double[] {0, 0};
        }
        double noise = variance / (mean * mean);
        double expected = Math.min(most, mean * (1 + noise)) / 2;
        double spread =
                Math.min(mean * mean * (1 + noise) * (1 + 5 * noise) / 12, expected * (most * 2 / 3 - expected));
        return new double[] {Math.max(0, expected - step / 2), spread};
    }

    /** Expected demand from passing the reorder point to the arrival of the order. */
    double protectedMean() {
        return leadTimeMean + undershootMean;
    }

    /** Its variance. */
    double protectedVariance() {
        return leadTimeVariance + undershootVariance;
    }
}
