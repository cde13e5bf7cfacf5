package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.OptionalDouble;

/**
 * What a product was sold and bought for before tonight: what an order is measured against.
 *
 * @param yearlyUnits  units sold at the site in a year, 0 or more; of a shorter history, what it comes to in a year
 * @param yearlySales  what they were sold for, 0 or more; 0 where no price is known
 * @param soldAt       price at which a unit usually sold lately; empty if none is known
 * @param paid         unit cost before tonight: the price paid last, else the one that was replaced lately
 * @param listedBefore list price that tonight's replaced lately
 * @param listPrice    list price of tonight
 */
public record PastTrade(
        double yearlyUnits,
        double yearlySales,
        OptionalDouble soldAt,
        OptionalDouble paid,
        OptionalDouble listedBefore,
        OptionalDouble listPrice) {

    /** Nothing is known. */
    public static final PastTrade UNKNOWN = new PastTrade(
            0, 0, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private static final double WEEKS_A_YEAR = 52;
    private static final double LEAST_WEEKS = 13;

    /** Refuses negative sales. */
    public PastTrade {
        Require.notNegative("units sold in a year", yearlyUnits);
        Require.notNegative("sales of a year", yearlySales);
    }

    /**
     * What was sold in the last weeks, as what it comes to in a year. A product that came within the last quarter counts as one of
     * a quarter, where the company itself is older: three weeks say too little to be taken times seventeen.
     *
     * @param sold         units or money of the last 52 weeks
     * @param weeks        since the product's first sale, 0 or more
     * @param companyWeeks since the first sale of the company, above 0
     */
    public static double yearly(double sold, double weeks, double companyWeeks) {
        double least = Math.min(LEAST_WEEKS, companyWeeks);
        return sold * WEEKS_A_YEAR / Math.max(least, Math.min(WEEKS_A_YEAR, weeks));
    }
}
