package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.io.Serializable;

/**
 * Parameters of the planner.
 *
 * @param reviewDays       days between two nights that may order, 1 to 365
 * @param serviceLevel     probability of not running short in an order cycle, for lines whose shortage cost is not known
 * @param serviceFloor     least of it for lines whose shortage cost is known, however low that cost is
 * @param serviceCeiling   most of it, beyond which distributions fitted to a few weeks say nothing
 * @param maxCoverDays     longest stretch of demand that one lot may cover, whatever its economics, above 0
 * @param simulatedYears   years of demand on which policies are priced, at least 1
 * @param movingAverage    how the ERP is assumed to reorder where it has no rule
 * @param unmet            what becomes of demand that finds no stock
 * @param seed             of the simulated demand and lead times
 */
public record ReorderOptions(
        int reviewDays,
        double serviceLevel,
        double serviceFloor,
        double serviceCeiling,
        double maxCoverDays,
        int simulatedYears,
        MovingAverageRule movingAverage,
        UnmetDemand unmet,
        long seed)
        implements Serializable {

    /** Refuses levels that are no probabilities and an empty simulation. */
    public ReorderOptions {
        Require.between("review days", reviewDays, 1, 365);
        Require.between("service floor", serviceFloor, 0.01, 0.9999);
        Require.between("service ceiling", serviceCeiling, serviceFloor, 0.9999);
        Require.between("service level", serviceLevel, serviceFloor, serviceCeiling);
        Require.positive("longest cover of a lot", maxCoverDays);
        Require.atLeast("simulated years", simulatedYears, 1);
    }

    /** Review every night, 95 % service, floor 50 %, ceiling 99.9 %, lots of at most 180 days, 200 simulated years, unmet demand waits. */
    public static ReorderOptions defaults(long seed) {
        return new ReorderOptions(
                1, 0.95, 0.5, 0.999, 180, 200, MovingAverageRule.defaults(), UnmetDemand.BACKORDER, seed);
    }

    /** The same with another interval between reviews. */
    public ReorderOptions withReviewDays(int days) {
        return new ReorderOptions(
                days,
                serviceLevel,
                serviceFloor,
                serviceCeiling,
                maxCoverDays,
                simulatedYears,
                movingAverage,
                unmet,
                seed);
    }

    /** The same with another service level for lines without a shortage cost. */
    public ReorderOptions withServiceLevel(double level) {
        return new ReorderOptions(
                reviewDays,
                level,
                serviceFloor,
                serviceCeiling,
                maxCoverDays,
                simulatedYears,
                movingAverage,
                unmet,
                seed);
    }

    /** The same with another length of the simulation. */
    public ReorderOptions withSimulatedYears(int years) {
        return new ReorderOptions(
                reviewDays,
                serviceLevel,
                serviceFloor,
                serviceCeiling,
                maxCoverDays,
                years,
                movingAverage,
                unmet,
                seed);
    }

    /** The same with another fate of unmet demand. */
    public ReorderOptions withUnmet(UnmetDemand other) {
        return new ReorderOptions(
                reviewDays,
                serviceLevel,
                serviceFloor,
                serviceCeiling,
                maxCoverDays,
                simulatedYears,
                movingAverage,
                other,
                seed);
    }
}
