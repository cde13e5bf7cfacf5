package io.millrace.decisions.targeting;

import java.util.Arrays;

/**
 * Prices of budget and channels at which customers, each choosing for itself, use about what there is: the Lagrangian dual of the
 * multiple-choice knapsack (Sinha and Zoltners, "The multiple-choice knapsack problem", 1979; Fisher, 1981). For any prices the sum of
 * what customers gain at them and what the budget and the capacities are worth is at least the value of every plan.
 *
 * <p>One price at a time is moved to its best by bisection, while that helps. At a price, the offer that a customer chooses lies on the
 * upper hull of its offers over cost: LP-dominated ones are never chosen.
 */
final class OfferPrices {

    private static final int ROUNDS = 12;
    private static final int BISECTIONS = 40;

    private final OfferProblem problem;

    /** Price of each channel, and behind them that of the budget. */
    private final double[] prices;

    private double bound;

    private OfferPrices(OfferProblem problem) {
        this.problem = problem;
        this.prices = new double[problem.capacity().length + 1];
    }

    static OfferPrices of(OfferProblem problem) {
        OfferPrices prices = new OfferPrices(problem);
        prices.bound = prices.dual();
        for (int round = 0; round < ROUNDS; round++) {
            double before = prices.bound;
            for (int k = prices.prices.length - 1; k >= 0; k--) {
                prices.move(k);
            }
            prices.bound = Math.min(before, prices.dual());
            if (before - prices.bound <= 1e-9 * Math.abs(before)) {
                break;
            }
        }
        return prices;
    }

    double budgetPrice() {
        return prices[prices.length - 1];
    }

    double[] channelPrices() {
        return Arrays.copyOf(prices, prices.length - 1);
    }

    /** The least that was found of these. */
    double bound() {
        return bound;
    }

    /** What an offer brings beyond its price. */
    double reduced(int offer) {
        return problem.value()[offer]
                - prices[prices.length - 1] * problem.cost()[offer]
                - prices[problem.channel()[offer]];
    }

    /** The offer that a customer chooses, {@link OfferPlan#NONE} if none is worth its price. */
    int choice(int customer) {
        int best = OfferPlan.NONE;
        double most = 0;
        for (int j = problem.first()[customer]; j < problem.first()[customer + 1]; j++) {
            double reduced = reduced(j);
            if (reduced > most
                    && problem.capacity()[problem.channel()[j]] > 0
                    && problem.cost()[j] <= problem.budget()) {
                most = reduced;
                best = j;
            }
        }
        return best;
    }

    /** What budget and capacities are worth at the prices. */
    private double worth() {
        double worth = prices[prices.length - 1] * problem.budget();
        for (int c = 0; c < problem.capacity().length; c++) {
            worth += prices[c] == 0 ? 0 : prices[c] * problem.capacity()[c];
        }
        return worth;
    }

    /** What customers gain at the prices, and what budget and capacities are worth at them: no plan has a higher value. */
    double dual() {
        double sum = worth();
        for (int i = 0; i < problem.customers(); i++) {
            int chosen = choice(i);
            sum += chosen == OfferPlan.NONE ? 0 : reduced(chosen);
        }
        return sum;
    }

    private double limit(int k) {
        return k < problem.capacity().length ? problem.capacity()[k] : problem.budget();
    }

    /** How much of a channel, or of the budget, customers choose at the prices. */
    private double used(int k) {
        double used = 0;
        for (int i = 0; i < problem.customers(); i++) {
            int chosen = choice(i);
            if (chosen != OfferPlan.NONE) {
                used += k == prices.length - 1 ? problem.cost()[chosen] : problem.channel()[chosen] == k ? 1 : 0;
            }
        }
        return used;
    }

    /** The least price of one kind, others as they are, at which no more is used than there is. */
    private void move(int k) {
        prices[k] = 0;
        if (Double.isInfinite(limit(k)) || used(k) <= limit(k)) {
            return;
        }
        double low = 0;
        double high = highest(k);
        for (int b = 0; b < BISECTIONS && high - low > 1e-12 * high; b++) {
            prices[k] = (low + high) / 2;
            if (used(k) > limit(k)) {
                low = prices[k];
            } else {
                high = prices[k];
            }
        }
        prices[k] = high;
    }

    /** A price at which nobody takes any. */
    private double highest(int k) {
        double highest = 0;
        for (int j = 0; j < problem.value().length; j++) {
            boolean budget = k == prices.length - 1;
            if (budget && problem.cost()[j] > 0) {
                highest = Math.max(highest, problem.value()[j] / problem.cost()[j]);
            } else if (!budget && problem.channel()[j] == k) {
                highest = Math.max(highest, problem.value()[j]);
            }
        }
        return highest;
    }
}
