package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.Arrays;
import java.util.List;

/**
 * The (s, S) policy under periodic review with discrete demand, exact (Zheng and Federgruen, Finding Optimal (s, S) Policies Is
 * About as Simple as Evaluating a Single Policy, Operations Research 39, 1991; Snyder and Shen, section 4.4).
 *
 * <p>Stock is reviewed every R periods; at a position of s or below an order goes out up to S and arrives after the lead time;
 * cost is charged at the end of each period. Demand is independent from review to review.
 */
public final class PeriodicReview {

    /** Positions that a search looks at; a policy that spans more is to be counted in larger units. */
    private static final int MOST_POSITIONS = 1_000_000;

    private final double orderCost;
    private final DiscreteDemand reviewDemand;
    private final BaseStock stock;

    /** How often each distance below S is visited between two orders, and the running sum; grown as needed. */
    private double[] visits = new double[0];

    private double[] visitSum = {0};

    /** Cost of the positions asked for so far, at 0, −1, 1, −2, 2, … from the best base-stock level; NaN where not yet known. */
    private double[] known = new double[0];

    private final int centre;

    /**
     * Takes the model's parameters.
     *
     * @param orderCost    per order, 0 or more
     * @param reviewDemand demand between two reviews; not always 0
     * @param stock        holding and shortage cost of a position after ordering, one newsvendor for each period of the review
     *                     interval
     */
    public PeriodicReview(double orderCost, DiscreteDemand reviewDemand, BaseStock stock) {
        this.orderCost = Require.notNegative("order cost", orderCost);
        Require.that(reviewDemand.probability(0) < 1, "demand is as good as always 0; there is nothing to order");
        this.reviewDemand = reviewDemand;
        this.stock = stock;
        centre = (int) Math.round(stock.level());
    }

    /** The model with review every period and no lead time. */
    public static PeriodicReview everyPeriod(DiscreteDemand demand, double orderCost, double holding, double shortage) {
        return new PeriodicReview(orderCost, demand, new BaseStock(List.of(new Newsvendor(demand, holding, shortage))));
    }

    /** Exact cost per period of s &lt; S. */
    public double cost(int s, int orderUpTo) {
        Require.that(s < orderUpTo, "reorder point %s is not below the order-up-to level %s", s, orderUpTo);
        int distance = orderUpTo - s;
        grow(distance);
        double sum = orderCost / stock.covers().size();
        for (int j = 0; j < distance; j++) {
            sum += visits[j] * stockCost(orderUpTo - j);
        }
        return sum / visitSum[distance];
    }

    /** Exact cost per period in its parts. */
    public CostRate costs(int s, int orderUpTo) {
        double total = cost(s, orderUpTo);
        int distance = orderUpTo - s;
        double ordering = orderCost / stock.covers().size() / visitSum[distance];
        double holding = 0;
        for (int j = 0; j < distance; j++) {
            holding += visits[j] * stock.costs(orderUpTo - j).holding() / visitSum[distance];
        }
        return new CostRate(holding, total - ordering - holding, ordering);
    }

    private double stockCost(int position) {
        int from = position - centre;
        int index = from < 0 ? -2 * from - 1 : 2 * from;
        if (index >= known.length) {
            int size = known.length;
            known = Arrays.copyOf(known, 2 * index + 16);
            Arrays.fill(known, size, known.length, Double.NaN);
        }
        if (Double.isNaN(known[index])) {
            known[index] = stock.cost(position);
        }
        return known[index];
    }

    /** The renewal function of demand: m(0) = 1 / (1 − p(0)), m(j) = Σ p(l) m(j − l) / (1 − p(0)). */
    private void grow(int distance) {
        int old = visits.length;
        if (distance <= old) {
            return;
        }
        int size = Math.max(distance, 2 * old);
        visits = Arrays.copyOf(visits, size);
        visitSum = Arrays.copyOf(visitSum, size + 1);
        double moves = 1 - reviewDemand.probability(0);
        for (int j = old; j < size; j++) {
            visits[j] = j == 0 ? 1 / moves : arrivals(j) / moves;
            visitSum[j + 1] = visitSum[j] + visits[j];
        }
    }

    private double arrivals(int distance) {
        double sum = 0;
        int most = Math.min(distance, reviewDemand.largest());
        for (int units = 1; units <= most; units++) {
            sum += reviewDemand.probability(units) * visits[distance - units];
        }
        return sum;
    }

    /** The optimal policy. */
    public StockPolicy optimal() {
        int best = centre;
        int s = best - 1;
        while (cost(s, best) > stockCost(s)) {
            s = within(s - 1);
        }
        double least = cost(s, best);
        for (int orderUpTo = best + 1; stockCost(orderUpTo) <= least; orderUpTo = within(orderUpTo + 1)) {
            if (cost(s, orderUpTo) < least) {
                best = orderUpTo;
                while (s + 1 < best && cost(s, best) <= stockCost(s + 1)) {
                    s++;
                }
                least = cost(s, best);
            }
        }
        return new StockPolicy(s, best);
    }

    private int within(int position) {
        Require.that(
                Math.abs((long) position - centre) <= MOST_POSITIONS,
                "the best policy lies more than %s units from %s; count demand and costs in larger units",
                MOST_POSITIONS,
                centre);
        return position;
    }
}
