package io.millrace.launcher.demo;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who stays and who leaves. A customer begins to fade with a daily hazard that falls with hidden loyalty and rises with
 * discontent (bad deliveries, empty shelves); most fade over six weeks to five months, buying ever less, and are then
 * gone; one in five leaves from one day to the next. Discontent halves every ninety days.
 */
final class Loyalty {

    private static final int NEVER = Integer.MAX_VALUE;
    private static final double FADES_PER_DAY = 0.00028;
    private static final double DISCONTENT_KEPT = StrictMath.pow(0.5, 1 / 90.0);

    private final List<Customer> customers;
    private final RandomGenerator random;
    private final double[] hazard;
    private final double[] discontent;
    private final int[] fadesFrom;
    private final int[] goneFrom;

    Loyalty(DemoOptions options, List<Customer> customers) {
        this.customers = customers;
        this.random = Draws.stream(options.seed(), "loyalty");
        int count = customers.size();
        this.hazard = customers.stream()
                .mapToDouble(
                        c -> FADES_PER_DAY * StrictMath.exp(-0.9 * c.habits().loyalty()))
                .toArray();
        this.discontent = new double[count];
        this.fadesFrom = new int[count];
        this.goneFrom = new int[count];
        Arrays.fill(fadesFrom, NEVER);
        Arrays.fill(goneFrom, NEVER);
    }

    /**
     * Lets a day pass for a customer.
     *
     * @return the factor on their buying rate: 1 usual, 0 gone
     */
    double advance(int customer, int day) {
        discontent[customer] *= DISCONTENT_KEPT;
        if (fadesFrom[customer] == NEVER && random.nextDouble() < hazardOn(customer, day)) {
            fadesFrom[customer] = day;
            goneFrom[customer] = day + (Draws.chance(random, 0.2) ? 0 : 40 + random.nextInt(100));
        }
        return strength(customer, day);
    }

    private double hazardOn(int customer, int day) {
        double upset = discontent[customer];
        double young = day - customers.get(customer).joinedDay() < 90 ? 1.8 : 1;
        return hazard[customer] * young * (upset < 0.02 ? 1 : StrictMath.exp(1.6 * upset));
    }

    /** Factor on the buying rate: falls in a line from 0.6 to 0.05 while fading. */
    double strength(int customer, int day) {
        if (day >= goneFrom[customer]) {
            return 0;
        }
        if (day < fadesFrom[customer]) {
            return 1;
        }
        double part = (day - fadesFrom[customer]) / (double) (goneFrom[customer] - fadesFrom[customer]);
        return 0.6 - 0.55 * part;
    }

    boolean fading(int customer, int day) {
        return day >= fadesFrom[customer] && day < goneFrom[customer];
    }

    /** Something went wrong for a customer; 1 is a delivery that arrived late or broken. */
    void disappoint(int customer, double howMuch) {
        discontent[customer] += howMuch;
    }

    /** A campaign wins a fading customer back. */
    void winBack(int customer) {
        fadesFrom[customer] = NEVER;
        goneFrom[customer] = NEVER;
        discontent[customer] *= 0.3;
    }

    double discontent(int customer) {
        return discontent[customer];
    }

    /** First day of fading, or -1 where the customer is content up to {@code lastDay}. */
    int fadesFrom(int customer, int lastDay) {
        return fadesFrom[customer] <= lastDay ? fadesFrom[customer] : -1;
    }

    /** The churn day: first day on which the customer buys no more, or -1 where it lies after {@code lastDay}. */
    int goneFrom(int customer, int lastDay) {
        return goneFrom[customer] <= lastDay ? goneFrom[customer] : -1;
    }
}
