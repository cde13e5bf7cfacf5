package io.millrace.decisions.reorder;

import java.util.List;

/**
 * Tonight's orders with the policies behind them.
 *
 * @param decisions one for each line, by product and site
 */
public record ReorderPlan(List<ReorderDecision> decisions) {

    /** Keeps its own copy. */
    public ReorderPlan {
        decisions = List.copyOf(decisions);
    }

    /** What tonight's orders cost at unit cost. */
    public double orderValue() {
        return decisions.stream().mapToDouble(ReorderDecision::orderValue).sum();
    }

    /** Lines that order something tonight. */
    public long linesOrdered() {
        return decisions.stream().filter(d -> d.orderQuantity() > 0).count();
    }

    /** Cost a year of all policies. */
    public double expectedCost() {
        return decisions.stream().mapToDouble(ReorderDecision::expectedCost).sum();
    }

    /** Cost a year of the ERP's rules on the same demand. */
    public double baselineCost() {
        return decisions.stream().mapToDouble(ReorderDecision::baselineCost).sum();
    }

    /** Lines with fewer weeks of demand behind them than their history could be judged by. */
    public long linesLittleKnown() {
        return decisions.stream().filter(d -> !d.line().demand().isWellKnown()).count();
    }

    /** Lines on which the ERP's rule prices cheaper than ours. */
    public long linesBaselineCheaper() {
        return decisions.stream()
                .filter(d -> d.baselineCost() < d.expectedCost())
                .count();
    }
}
