package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.List;

/**
 * The base-stock policy when stock is reviewed every R periods, orders cost nothing, and cost is charged at the end of each
 * period: the sum of R newsvendors, for demand over lead time + 1, …, lead time + R periods.
 *
 * @param covers one newsvendor for each period of the review interval, with the same costs
 */
public record BaseStock(List<Newsvendor> covers) {

    /** As many as a double has digits; beyond, whole numbers are further apart than 1. */
    private static final int MOST_HALVINGS = 100;

    /** Refuses an empty list. */
    public BaseStock {
        Require.that(!covers.isEmpty(), "no period to cover; give one newsvendor for each period between reviews");
        covers = List.copyOf(covers);
    }

    /** The best level: a whole number of units where demand is discrete. */
    public double level() {
        if (covers.size() == 1) {
            return covers.get(0).level();
        }
        double ratio = covers.get(0).criticalRatio();
        double low = covers.get(0).level();
        double high = covers.get(covers.size() - 1).level();
        return isDiscrete() ? smallestWhole(low, high, ratio) : root(low, high, ratio);
    }

    private boolean isDiscrete() {
        return covers.get(0).demand() instanceof DiscreteDemand;
    }

    private double covered(double level) {
        double sum = 0;
        for (Newsvendor cover : covers) {
            sum += cover.demand().cdf(level);
        }
        return sum / covers.size();
    }

    private double smallestWhole(double from, double to, double ratio) {
        double low = from - 1;
        double high = to;
        for (int i = 0; i < MOST_HALVINGS && high - low > 1; i++) {
            double middle = Math.floor((low + high) / 2);
            if (covered(middle) >= ratio) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double root(double from, double to, double ratio) {
        double low = from;
        double high = to;
        for (int i = 0; i < 100; i++) {
            double middle = 0.5 * (low + high);
            if (covered(middle) < ratio) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Expected cost per period at a level. */
    public double cost(double level) {
        return costs(level).total();
    }

    /** Expected cost per period at a level, in its parts. */
    public CostRate costs(double level) {
        double holding = 0;
        double shortage = 0;
        for (Newsvendor cover : covers) {
            CostRate costs = cover.costs(level);
            holding += costs.holding();
            shortage += costs.shortage();
        }
        return new CostRate(holding / covers.size(), shortage / covers.size(), 0);
    }
}
