package io.millrace.models.value;

import java.io.Serializable;

/**
 * What customers will be worth: how often they buy and whether they still do, what they spend at a time, and how much of the past simply goes on.
 *
 * @param purchases how often
 * @param spend     how much at a time
 * @param habit     share of {@linkplain #usual what is usual} in what is expected, 0 to 1
 * @param since     first day of which purchases are known
 * @param until     last day of which purchases are known
 * @param horizon   days after it that are looked at, 1 or more
 * @param discount  by which money is worth less in a year, 0 or more
 */
public record ValueModel(
        PurchaseModel purchases, GammaGamma spend, double habit, int since, int until, int horizon, double discount)
        implements Serializable {

    private static final double YEAR = 365.25;
    /** Parts of the horizon whose purchases are discounted to its beginning alike. */
    private static final int PARTS = 12;

    public ValueModel {
        if (horizon < 1 || until < since || !(habit >= 0 && habit <= 1) || !(discount >= 0)) {
            throw new IllegalArgumentException(
                    "The horizon is %d days after a history from %d to %d, the share of habit %s and the discount %s"
                            .formatted(horizon, since, until, habit, discount));
        }
    }

    /** The same without the share of habit: what the model of purchases says by itself. */
    public ValueModel pure(PurchaseModel model) {
        return new ValueModel(model, spend, 0, since, until, horizon, discount);
    }

    /** A customer who bought by the last day. */
    public ValueOutlook outlook(Purchases customer) {
        PurchaseHistory history = customer.history(until);
        PurchaseOutlook ahead = purchases.outlook(history, horizon / Purchases.WEEK);
        double each = spend.expected(history.repeats(), customer.meanRepeat(until));
        double present = present(history, ahead.expected());
        double before = habit * usual(customer);
        double amountBefore = habit * (amountBefore(customer) + amountSoFar(customer)) / 2;
        double expected = (1 - habit) * ahead.expected();
        double median = (1 - habit) * ahead.median();
        return new ValueOutlook(
                ahead.alive(),
                ahead.any(),
                expected + before,
                median + before,
                each,
                present * (expected * each + amountBefore),
                present * (median * each + amountBefore));
    }

    /** As many purchases as in as many days before; of a shorter history, as many as at its rate. */
    public double before(Purchases customer) {
        return customer.between(until - horizon, until) * longer();
    }

    /** What {@link #before} brought. */
    public double amountBefore(Purchases customer) {
        return customer.amountBetween(until - horizon, until) * longer();
    }

    /** As many purchases as at the rate since the first day that is known. */
    public double soFar(Purchases customer) {
        return customer.until(until) * horizon / (until - since + 1.0);
    }

    /** What {@link #soFar} brings. */
    public double amountSoFar(Purchases customer) {
        return customer.amountBetween(since - 1, until) * horizon / (until - since + 1.0);
    }

    /** As many as is usual: the mean of the recent past, which follows a change, and of all of it, which does not follow chance. */
    double usual(Purchases customer) {
        return (before(customer) + soFar(customer)) / 2;
    }

    private double longer() {
        return Math.max(1, horizon / (until - since + 1.0));
    }

    /** What a unit of money of the horizon is worth at its beginning. */
    private double present(PurchaseHistory history, double expected) {
        if (discount == 0 || expected == 0) {
            return 1;
        }
        double sum = 0;
        double earlier = 0;
        for (int part = 1; part <= PARTS; part++) {
            double end = (double) horizon * part / PARTS;
            double later = part == PARTS
                    ? expected
                    : purchases.outlook(history, end / Purchases.WEEK).expected();
            double middle = (end - horizon / (2.0 * PARTS)) / YEAR;
            sum += (later - earlier) * Math.pow(1 + discount, -middle);
            earlier = later;
        }
        return sum / expected;
    }
}
