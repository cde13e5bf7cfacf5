package io.millrace.decisions.evaluate;

import io.millrace.decisions.inventory.DiscreteDemand;

/**
 * The distribution of an item's demand over some periods, as counts of lots of {@code unit} units.
 *
 * @param family name of the distribution
 * @param mean   lots a period
 * @param sd     standard deviation of lots a period
 * @param unit   units a lot
 */
record PeriodDemand(Family family, double mean, double sd, double unit) {

    /** Families that are closed under addition of periods. */
    enum Family {
        POISSON,
        NEGATIVE_BINOMIAL,
        BINOMIAL,
        ROUNDED_NORMAL
    }

    private static final double POISSON_MEAN = 20;
    private static final double POISSON_TOLERANCE = 0.01;

    static PeriodDemand of(InventoryItem item, double unit) {
        double mean = item.demandMean() / unit;
        double sd = item.demandSd() / unit;
        if (unit == 1 && isPoisson(item)) {
            return new PeriodDemand(Family.POISSON, mean, Math.sqrt(mean), unit);
        }
        return new PeriodDemand(family(item, mean, sd), mean, sd, unit);
    }

    /** Whether a period's demand is taken as Poisson. */
    static boolean isPoisson(InventoryItem item) {
        double variance = item.demandSd() * item.demandSd();
        boolean alike = Math.abs(variance / item.demandMean() - 1) <= POISSON_TOLERANCE;
        return switch (item.distribution()) {
            case POISSON -> true;
            case NORMAL -> false;
            case AUTO -> alike && item.demandMean() < POISSON_MEAN;
        };
    }

    private static Family family(InventoryItem item, double mean, double sd) {
        if (item.distribution() == InventoryItem.Distribution.NORMAL) {
            return Family.ROUNDED_NORMAL;
        }
        if (sd * sd > mean * 1.001) {
            return sd > 0.5 * mean ? Family.NEGATIVE_BINOMIAL : Family.ROUNDED_NORMAL;
        }
        return sd > 0.25 * mean ? Family.BINOMIAL : Family.ROUNDED_NORMAL;
    }

    /** Demand over so many periods, which need not be whole. */
    DiscreteDemand over(double periods) {
        double total = mean * periods;
        double variance = sd * sd * periods;
        return total == 0
                ? DiscreteDemand.constant(0)
                : switch (family) {
                    case POISSON -> DiscreteDemand.poisson(total);
                    case NEGATIVE_BINOMIAL -> DiscreteDemand.negativeBinomial(total, variance);
                    case BINOMIAL -> binomial(periods);
                    case ROUNDED_NORMAL -> DiscreteDemand.roundedNormal(total, Math.sqrt(variance));
                };
    }

    /** Keeps the mean; the variance is as near as a whole number of trials a period comes. */
    private DiscreteDemand binomial(double periods) {
        double trials =
                Math.max(Math.floor(mean) + 1, Math.rint(mean * mean / (mean - Math.min(sd * sd, 0.999 * mean))));
        int all = (int) Math.ceil(trials * periods);
        return DiscreteDemand.binomial(all, mean * periods / all);
    }
}
