package io.millrace.nightly.churn;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The margin that would be lost over the horizon if a customer left: the revenue of the last year for as many days as the
 * customer has been one, spread evenly over the horizon.
 *
 * @param horizon     days
 * @param grossMargin of revenue, 0 to 1
 */
record ValueAtRisk(int horizon, double grossMargin) implements Serializable {

    private static final double YEAR = 365;

    /**
     * @param yearRevenue revenue of the last 365 days less returns; what is below 0 counts as 0
     * @param tenure      days since the first purchase. A customer of fewer days than the horizon counts as one of the
     *                    horizon, because a first order is no rate
     */
    BigDecimal of(double yearRevenue, double tenure) {
        double revenue = Double.isNaN(yearRevenue) ? 0 : Math.max(0, yearRevenue);
        double days = Math.min(YEAR, Math.max(Double.isNaN(tenure) ? YEAR : tenure, horizon));
        double expected = revenue * horizon / days;
        return BigDecimal.valueOf(grossMargin * expected).setScale(2, RoundingMode.HALF_UP);
    }
}
