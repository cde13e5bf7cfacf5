package io.millrace.decisions.replay;

import io.millrace.decisions.Require;
import io.millrace.decisions.reorder.LeadTime;
import java.util.Arrays;

/**
 * How long orders took: what a planner could expect on each date, and what really came of orders of the product.
 *
 * @param expected lead time as known on each date of the calendar
 * @param ordered  days on which purchases of the product were ordered, ascending
 * @param took     days that each of them took to be received
 */
@SuppressWarnings("ArrayRecordComponent")
public record Deliveries(LeadTime[] expected, int[] ordered, int[] took) {

    /** Refuses purchases without a duration. */
    public Deliveries {
        Require.that(
                ordered.length == took.length,
                "%s purchases and %s durations; give one for each",
                ordered.length,
                took.length);
        for (int days : took) {
            Require.atLeast("days from order to receipt", days, 0);
        }
    }

    /** The lead time on each date of a calendar where no purchase tells. */
    public static Deliveries expected(LeadTime leadTime, int dates) {
        LeadTime[] always = new LeadTime[dates];
        Arrays.fill(always, leadTime);
        return new Deliveries(always, new int[0], new int[0]);
    }

    /** Days that an order of a date takes: those of the purchase of the product ordered nearest to it, else those expected. */
    public int real(int period, int date) {
        int nearest = -1;
        for (int i = 0; i < ordered.length; i++) {
            if (nearest < 0 || Math.abs(ordered[i] - date) < Math.abs(ordered[nearest] - date)) {
                nearest = i;
            }
        }
        return nearest < 0 ? (int) Math.round(expected[period].meanDays()) : took[nearest];
    }
}
