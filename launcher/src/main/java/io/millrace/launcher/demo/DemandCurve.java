package io.millrace.launcher.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * How strongly each product is asked for on a day: popularity, trend, season, weekday, promotion, and whether it is
 * asked for at all.
 */
final class DemandCurve {

    private final DemoOptions options;
    private final List<Product> products;
    private final Promotions promotions;

    DemandCurve(DemoOptions options, List<Product> products, Promotions promotions) {
        this.options = options;
        this.products = products;
        this.promotions = promotions;
    }

    /** Running total of the weights of all products, in the order of the catalogue. */
    double[] runningTotal(int day) {
        LocalDate date = options.day(day);
        double[] total = new double[products.size()];
        double sum = 0;
        for (int i = 0; i < total.length; i++) {
            sum += weight(i, day, date);
            total[i] = sum;
        }
        return total;
    }

    private double weight(int index, int day, LocalDate date) {
        Product product = products.get(index);
        Product.Demand demand = product.demand();
        if (!product.stocked() || !demand.soldOn(day) || !asked(index, day, demand)) {
            return 0;
        }
        Range range = Range.ALL.get(product.range());
        Promotions.Promotion promotion = promotions.on(product, day);
        return demand.popularity()
                / demand.gate()
                * StrictMath.pow(1 + demand.yearlyGrowth(), day / 365.25)
                * range.season(date.getDayOfYear())
                * (weekend(date) ? range.weekend() : 1)
                * (promotion == null ? 1 : promotion.lift());
    }

    private boolean asked(int index, int day, Product.Demand demand) {
        return !demand.intermittent() || Draws.hashed(options.seed(), index, day) < demand.gate();
    }

    static boolean weekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
