package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;

/**
 * Exact lot sizes for demand that is known and differs from period to period, of which nothing may run short (Wagner and Whitin,
 * Dynamic Version of the Economic Lot Size Model, Management Science 5, 1958; Snyder and Shen, section 3.7). Stock is charged at
 * the end of each period, an order arrives before the period's demand. The best plan orders only at an empty shelf, and so the
 * demand of whole periods.
 *
 * @param orderCost per order, 0 or more
 * @param holding   cost per unit and period, 0 or more
 */
public record WagnerWhitin(double orderCost, double holding) {

    /** Refuses negative costs. */
    public WagnerWhitin {
        Require.notNegative("order cost", orderCost);
        Require.notNegative("holding cost", holding);
    }

    /**
     * The best plan.
     *
     * @param lots units to order in each period
     * @param cost of holding and ordering over all periods
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Plan(double[] lots, double cost) {}

    /** The plan of least cost for the demand of each period, units, 0 or more; in time that grows with the square of the periods. */
    public Plan plan(double[] demand) {
        int periods = demand.length;
        double[] least = new double[periods + 1];
        int[] until = new int[periods];
        for (int first = periods - 1; first >= 0; first--) {
            Require.notNegative("demand of a period", demand[first]);
            least[first] = Double.POSITIVE_INFINITY;
            double held = 0;
            for (int last = first; last < periods; last++) {
                held += holding * (last - first) * demand[last];
                double cost = orderCost + held + least[last + 1];
                if (cost < least[first]) {
                    least[first] = cost;
                    until[first] = last + 1;
                }
            }
            // Nothing is asked for, so nothing need be ordered.
            if (demand[first] == 0 && least[first + 1] <= least[first]) {
                least[first] = least[first + 1];
                until[first] = first;
            }
        }
        double[] lots = new double[periods];
        for (int period = 0; period < periods; ) {
            int end = until[period];
            for (int served = period; served < end; served++) {
                lots[period] += demand[served];
            }
            period = Math.max(period + 1, end);
        }
        return new Plan(lots, least[0]);
    }
}
