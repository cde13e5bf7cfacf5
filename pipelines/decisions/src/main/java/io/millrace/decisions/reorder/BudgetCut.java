package io.millrace.decisions.reorder;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Shares a budget among orders: step by step the order grows whose next packs avoid the most shortage for their money, until
 * every order is complete or no next step fits. Cycle stock is thus cut before safety stock, and dear lines with little at risk
 * before cheap ones with much. Ties go by product and site.
 *
 * <p>The greedy rule is the classical one for a knapsack with decreasing returns; it is exact up to the last step of a line,
 * except for a first step that the supplier's minimum makes large.
 */
final class BudgetCut {

    /** Steps into which an order is divided beyond its minimum. */
    private static final int STEPS = 64;

    private final Share[] shares;

    /** An order that wants to be complete. */
    private static final class Share {
        private final int index;
        private final ReorderLine line;
        private final ClassicalPolicy policy;
        private final double wanted;
        private double granted;
        private double next;
        /** Units expected to be short with what is granted. */
        private double loss;

        private double nextLoss;
        private double worth;

        Share(int index, ReorderLine line, ClassicalPolicy policy, double wanted) {
            this.index = index;
            this.line = line;
            this.policy = policy;
            this.wanted = wanted;
            loss = policy.exposure().loss(line.stock().position());
            weigh();
        }

        boolean wantsMore() {
            return next > granted;
        }

        double price() {
            return (next - granted) * line.costs().unitCost();
        }

        void grant() {
            granted = next;
            loss = nextLoss;
            weigh();
        }

        /** Sets the next quantity and the shortage cost that it avoids for each unit of money. */
        private void weigh() {
            double step = Math.max(wanted / STEPS, granted == 0 ? line.lot().minimum() : 0);
            next = Math.min(wanted, granted + packs(step));
            nextLoss = policy.exposure().loss(line.stock().position() + next);
            double value = policy.shortageCost() * Math.max(0, loss - nextLoss);
            worth = price() > 0 ? value / price() : Double.POSITIVE_INFINITY;
        }

        private double packs(double quantity) {
            return line.lot().pack()
                    * Math.max(1, Math.ceil(quantity / line.lot().pack() - 1e-9));
        }
    }

    private BudgetCut(List<ReorderLine> lines, List<ClassicalPolicy> policies, double[] wanted) {
        shares = new Share[wanted.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = new Share(i, lines.get(i), policies.get(i), wanted[i]);
        }
    }

    /** The quantities that fit the budget, for lines in the order of product and site. */
    static double[] within(double budget, List<ReorderLine> lines, List<ClassicalPolicy> policies, double[] wanted) {
        double all = 0;
        for (int i = 0; i < wanted.length; i++) {
            all += wanted[i] * lines.get(i).costs().unitCost();
        }
        return all <= budget ? wanted.clone() : new BudgetCut(lines, policies, wanted).share(budget);
    }

    private double[] share(double budget) {
        PriorityQueue<Share> queue = new PriorityQueue<>(
                Comparator.comparingDouble((Share s) -> -s.worth).thenComparingInt(s -> s.index));
        for (Share share : shares) {
            if (share.wantsMore()) {
                queue.add(share);
            }
        }
        double left = budget;
        while (!queue.isEmpty()) {
            Share share = queue.remove();
            if (share.price() <= left) {
                left -= share.price();
                share.grant();
                if (share.wantsMore()) {
                    queue.add(share);
                }
            }
        }
        double[] granted = new double[shares.length];
        for (Share share : shares) {
            granted[share.index] = share.granted;
        }
        return granted;
    }
}
