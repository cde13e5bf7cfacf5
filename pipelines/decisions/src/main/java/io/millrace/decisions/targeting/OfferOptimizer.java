package io.millrace.decisions.targeting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses offers under a budget and capacities.
 *
 * <ol>
 *   <li>Prices ({@link OfferPrices}) bound the value of every plan.
 *   <li>A plan: customers step from one offer to the next by what a step brings for what it costs, at the prices of channels, as long as
 *       budget and capacity last (Dantzig's rule for the linear relaxation; Sinha and Zoltners, 1979; Kellerer, Pferschy and Pisinger,
 *       "Knapsack Problems", 2004, 11.2). Whatever is left is filled by further steps that fit.
 *   <li>Branch and bound on those customers alone whose choice the bound leaves open: any other choice of the rest would cost more than
 *       the gap. It ends with the best plan, or after a number of nodes with the best so far; the gap is told either way.
 * </ol>
 */
public final class OfferOptimizer {

    /** Two values are the same if they differ by less than this share. */
    private static final double SAME = 1e-9;

    private final long mostNodes;

    /** @param mostNodes that are looked at after the plan stands, 0 for none */
    public OfferOptimizer(long mostNodes) {
        this.mostNodes = mostNodes;
    }

    /** The best plan that was found. The same problem gives the same plan. */
    public OfferPlan plan(OfferProblem problem) {
        OfferPrices prices = OfferPrices.of(problem);
        Purse purse = new Purse(problem);
        walk(problem, prices.channelPrices(), purse);
        walk(problem, new double[problem.capacity().length], purse);
        int[] chosen = purse.chosen;
        double value = purse.value();
        double bound = Math.max(value, prices.bound());
        if (mostNodes > 0 && bound - value > SAME * Math.abs(bound)) {
            Search search = new Search(problem, prices, purse, mostNodes);
            chosen = search.best();
            value = Purse.value(problem, chosen);
            bound = search.isComplete() ? value : bound;
        }
        return new OfferPlan(
                chosen, value, Purse.cost(problem, chosen), bound, prices.budgetPrice(), prices.channelPrices());
    }

    /** A step of a customer from one offer, or none, to a dearer one. */
    private record Step(int customer, int to, double ratio, double gain) {}

    /** Steps along the hulls, the one that brings most for its cost first. */
    private static void walk(OfferProblem problem, double[] channelPrices, Purse purse) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < problem.customers(); i++) {
            steps(problem, channelPrices, i, purse.chosen[i], steps);
        }
        steps.sort(Comparator.comparingDouble((Step s) -> -s.ratio())
                .thenComparingDouble(s -> -s.gain())
                .thenComparingInt(Step::customer));
        for (Step step : steps) {
            int now = purse.chosen[step.customer()];
            double before = now == OfferPlan.NONE ? 0 : problem.value()[now];
            if (problem.value()[step.to()] > before) {
                purse.take(step.customer(), step.to());
            }
        }
    }

    /** The steps of one customer along the upper hull of its offers over cost, from the offer that it has. */
    private static void steps(OfferProblem problem, double[] channelPrices, int customer, int from, List<Step> steps) {
        double cost = from == OfferPlan.NONE ? 0 : problem.cost()[from];
        double worth = from == OfferPlan.NONE ? 0 : problem.value()[from] - channelPrices[problem.channel()[from]];
        while (true) {
            int next = OfferPlan.NONE;
            double ratio = 0;
            double gain = 0;
            for (int j = problem.first()[customer]; j < problem.first()[customer + 1]; j++) {
                double more = problem.value()[j] - channelPrices[problem.channel()[j]] - worth;
                double dearer = problem.cost()[j] - cost;
                double of = dearer > 0 ? more / dearer : Double.POSITIVE_INFINITY;
                if (more > 0 && dearer >= 0 && (of > ratio || of == ratio && more > gain)) {
                    next = j;
                    ratio = of;
                    gain = more;
                }
            }
            if (next == OfferPlan.NONE) {
                return;
            }
            steps.add(new Step(customer, next, ratio, gain));
            cost = problem.cost()[next];
            worth = problem.value()[next] - channelPrices[problem.channel()[next]];
        }
    }

    /** What has been chosen, and what is left of budget and capacities. */
    private static final class Purse {
        private final OfferProblem problem;
        private final int[] chosen;
        private final double[] capacity;
        private double budget;

        Purse(OfferProblem problem) {
            this.problem = problem;
            this.chosen = new int[problem.customers()];
            Arrays.fill(chosen, OfferPlan.NONE);
            this.capacity = problem.capacity().clone();
            this.budget = problem.budget();
        }

        /** Gives a customer another offer if that fits. */
        void take(int customer, int offer) {
            int before = chosen[customer];
            double cost = problem.cost()[offer] - (before == OfferPlan.NONE ? 0 : problem.cost()[before]);
            boolean same = before != OfferPlan.NONE && problem.channel()[before] == problem.channel()[offer];
            if (cost <= budget + SAME && (same || capacity[problem.channel()[offer]] >= 1)) {
                budget -= cost;
                capacity[problem.channel()[offer]]--;
                if (before != OfferPlan.NONE) {
                    capacity[problem.channel()[before]]++;
                }
                chosen[customer] = offer;
            }
        }

        double value() {
            return value(problem, chosen);
        }

        static double value(OfferProblem problem, int[] chosen) {
            return Arrays.stream(chosen)
                    .filter(j -> j >= 0)
                    .mapToDouble(j -> problem.value()[j])
                    .sum();
        }

        static double cost(OfferProblem problem, int[] chosen) {
            return Arrays.stream(chosen)
                    .filter(j -> j >= 0)
                    .mapToDouble(j -> problem.cost()[j])
                    .sum();
        }
    }

    /** Depth first over the customers whose choice is open; the rest keeps what it chooses at the prices. */
    private static final class Search {
        private final OfferProblem problem;
        private final OfferPrices prices;
        private final int[] open;
        private final int[] chosen;

        /** What customers from here on gain at the prices at most. */
        private final double[] rest;

        private final double[] capacity;
        private double budget;
        private double fixed;
        private int[] best;
        private double most;
        private long nodes;

        Search(OfferProblem problem, OfferPrices prices, Purse purse, long mostNodes) {
            this.problem = problem;
            this.prices = prices;
            this.best = purse.chosen.clone();
            this.most = purse.value();
            this.nodes = mostNodes;
            this.capacity = problem.capacity().clone();
            this.budget = problem.budget();
            this.chosen = new int[problem.customers()];
            double gap = prices.dual() - most;
            // First those whose choice matters most, so that bounds bite early.
            this.open = IntStream.range(0, problem.customers())
                    .filter(i -> regret(i) <= gap + SAME * Math.abs(most))
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -Math.abs(gainOf(prices.choice(i)))))
                    .mapToInt(i -> i)
                    .toArray();
            boolean[] isOpen = new boolean[chosen.length];
            Arrays.stream(open).forEach(i -> isOpen[i] = true);
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = isOpen[i] ? OfferPlan.NONE : prices.choice(i);
                if (chosen[i] != OfferPlan.NONE) {
                    use(chosen[i], 1);
                }
            }
            this.rest = new double[open.length + 1];
            for (int k = open.length - 1; k >= 0; k--) {
                rest[k] = rest[k + 1] + gainOf(prices.choice(open[k]));
            }
            if (fits()) {
                search(0);
            }
        }

        private double gainOf(int offer) {
            return offer == OfferPlan.NONE ? 0 : prices.reduced(offer);
        }

        /** What another choice than its own at the prices costs a customer at least. */
        private double regret(int customer) {
            int own = prices.choice(customer);
            double least = own == OfferPlan.NONE ? Double.POSITIVE_INFINITY : prices.reduced(own);
            for (int j = problem.first()[customer]; j < problem.first()[customer + 1]; j++) {
                least = j == own ? least : Math.min(least, gainOf(own) - prices.reduced(j));
            }
            return least;
        }

        private void use(int offer, int times) {
            budget -= times * problem.cost()[offer];
            capacity[problem.channel()[offer]] -= times;
            fixed += times * problem.value()[offer];
        }

        private boolean fits() {
            return budget >= -SAME * Math.max(1, problem.budget())
                    && Arrays.stream(capacity).allMatch(left -> left >= 0);
        }

        /** The value so far, what the rest gains at the prices, and what is left at the prices. */
        private double bound(int depth) {
            double bound = fixed + rest[depth] + prices.budgetPrice() * budget;
            double[] channelPrices = prices.channelPrices();
            for (int c = 0; c < capacity.length; c++) {
                bound += channelPrices[c] == 0 ? 0 : channelPrices[c] * capacity[c];
            }
            return bound;
        }

        private void search(int depth) {
            if (nodes <= 0 || bound(depth) <= most + SAME * Math.abs(most)) {
                return;
            }
            nodes--;
            if (depth == open.length) {
                if (fixed > most) {
                    most = fixed;
                    best = chosen.clone();
                }
                return;
            }
            int customer = open[depth];
            int[] offers = IntStream.range(problem.first()[customer], problem.first()[customer + 1])
                    .boxed()
                    .sorted(Comparator.comparingDouble(j -> -prices.reduced(j)))
                    .mapToInt(j -> j)
                    .toArray();
            boolean noneTried = false;
            for (int offer : offers) {
                if (!noneTried && prices.reduced(offer) < 0) {
                    noneTried = true;
                    search(depth + 1);
                }
                use(offer, 1);
                chosen[customer] = offer;
                if (fits()) {
                    search(depth + 1);
                }
                use(offer, -1);
                chosen[customer] = OfferPlan.NONE;
            }
            if (!noneTried) {
                search(depth + 1);
            }
        }

        int[] best() {
            return best;
        }

        /** Whether nothing was left to look at. */
        boolean isComplete() {
            return nodes > 0;
        }
    }
}
