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

    /** Model price a year of all policies. */
    public double expectedCost() {
        return decisions.stream().mapToDouble(ReorderDecision::expectedCost).sum();
    }

    /** Model price a year of the baselines on the same demand. */
    public double baselineCost() {
        return decisions.stream().mapToDouble(ReorderDecision::baselineCost).sum();
    }
}
