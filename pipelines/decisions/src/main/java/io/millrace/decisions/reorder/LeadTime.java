package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.OptionalDouble;

/**
 * Time from order to receipt, in days, estimated from promised and real deliveries.
 *
 * @param meanDays expected, 0 or more
 * @param sdDays   standard deviation, 0 or more
 */
public record LeadTime(double meanDays, double sdDays) {

    /** Refuses negative values, and a spread without a mean. */
    public LeadTime {
        Require.notNegative("mean lead time", meanDays);
        Require.notNegative("standard deviation of the lead time", sdDays);
        Require.that(
                meanDays > 0 || sdDays == 0,
                "lead time has mean 0 and standard deviation %s; a lead time that varies has a mean above 0",
                sdDays);
    }

    /**
     * What to expect of a promise: the promise, longer or shorter in the proportion in which the supplier's deliveries took
     * longer or shorter than it had promised for them. So a promise that changes counts from that night on, and products
     * that one supplier makes and stocks need not share a lead time.
     *
     * @param promised       days promised for this product; empty or 0 where nothing is
     * @param promisedBefore mean of the days promised for the supplier's deliveries
     * @param real           mean of the days that they took; empty if there were none
     * @param realSd         standard deviation of the days that they took
     * @param otherwise      days where neither promise nor delivery tells
     */
    public static LeadTime expected(
            OptionalDouble promised,
            OptionalDouble promisedBefore,
            OptionalDouble real,
            double realSd,
            double otherwise) {
        if (real.isEmpty()) {
            return new LeadTime(promised.orElse(otherwise), 0);
        }
        boolean comparable = promised.orElse(0) > 0 && promisedBefore.orElse(0) > 0;
        double factor = comparable ? promised.getAsDouble() / promisedBefore.getAsDouble() : 1;
        double mean = real.getAsDouble() * factor;
        return new LeadTime(mean, mean > 0 ? realSd * factor : 0);
    }
}
