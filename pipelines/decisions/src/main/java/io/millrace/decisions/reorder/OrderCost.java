package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What it costs to place and receive an order line, and where the figure comes from. Where nobody gives it, it is read out of
 * the company's own habits: a lot Q of a product with demand D a year and holding cost h a unit and year is the economic
 * one where an order costs K = hQ² / 2D (Harris, 1913, solved for K; an imputed cost in the sense of Silver, Pyke and Thomas,
 * Inventory and Production Management in Supply Chains, section 3.5).
 *
 * @param amount of one order line, 0 or more
 * @param origin where it comes from, as the end of "an order line counts as 12.00, ..."
 */
public record OrderCost(double amount, String origin) implements Serializable {

    private static final double WEEKS_A_YEAR = 365 / 7.0;
    private static final int USUAL_WEEKS = 4;
    /** So that it is the same tomorrow, when the median has moved a little. */
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    /** Refuses a negative cost. */
    public OrderCost {
        Require.notNegative("cost of an order", amount);
    }

    /**
     * What is known of how a product is bought.
     *
     * @param weeklyDemand   units asked for in a week, 0 or more
     * @param holdingPerYear cost of holding a unit for a year, 0 or more
     * @param usualLot       median quantity of its purchase lines, or 0 where it was not bought yet
     */
    public record Habit(double weeklyDemand, double holdingPerYear, double usualLot) {

        private boolean tells() {
            return weeklyDemand > 0 && holdingPerYear > 0;
        }

        private double costOfLot(double quantity) {
            return holdingPerYear * quantity * quantity / (2 * weeklyDemand * WEEKS_A_YEAR);
        }
    }

    /** What the configuration gives. */
    public static OrderCost given(double amount) {
        return new OrderCost(amount, "as reorder.order-cost says");
    }

    /**
     * The median over the products that were bought of the cost at which their usual lot is the economic one; without purchases,
     * over all products of the cost at which four weeks of demand are. 0 where no product has both a demand and a price.
     */
    public static OrderCost implied(List<Habit> habits) {
        List<Habit> telling = habits.stream().filter(Habit::tells).toList();
        List<Habit> bought = telling.stream().filter(h -> h.usualLot() > 0).toList();
        if (!bought.isEmpty()) {
            return new OrderCost(
                    median(bought, h -> h.costOfLot(h.usualLot())),
                    String.format(
                            Locale.ROOT,
                            "the cost at which the lots that were bought of %,d products are economic",
                            bought.size()));
        }
        return telling.isEmpty()
                ? new OrderCost(0, "because no product has a demand and a price to tell it from")
                : new OrderCost(
                        median(telling, h -> h.costOfLot(USUAL_WEEKS * h.weeklyDemand())),
                        "the cost at which four weeks of demand are the median product's economic lot");
    }

    private static double median(List<Habit> habits, ToDoubleFunction<Habit> cost) {
        double[] costs = habits.stream().mapToDouble(cost).toArray();
        Arrays.sort(costs);
        double middle = (costs[(costs.length - 1) / 2] + costs[costs.length / 2]) / 2;
        return new BigDecimal(middle).round(TWO_DIGITS).doubleValue();
    }

    /** The sentence about it. */
    public String sentence() {
        return String.format(Locale.ROOT, "an order line counts as %,.2f, %s", amount, origin);
    }
}
