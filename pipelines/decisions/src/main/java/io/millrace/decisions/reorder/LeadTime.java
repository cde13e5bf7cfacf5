package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;

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
}
