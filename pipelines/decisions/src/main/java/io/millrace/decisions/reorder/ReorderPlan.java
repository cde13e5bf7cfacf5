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

    /** Model price a year of all policies. */
    public double expectedCost() {
        return decisions.stream().mapToDouble(ReorderDecision::expectedCost).sum();
    }

    /** Model price a year of the baselines on the same demand. */
    public double baselineCost() {
        return decisions.stream().mapToDouble(ReorderDecision::baselineCost).sum();
    }

    /** Lines with fewer weeks of demand behind them than their history could be judged by. */
    public long linesLittleKnown() {
        return decisions.stream().filter(d -> !d.line().demand().isWellKnown()).count();
    }

    /** Lines whose baseline is a rule of the ERP. */
    public long linesWithRule() {
        return decisions.stream()
                .filter(d -> d.line().presentRule().isPresent())
                .count();
    }

    /** Lines on which the baseline prices cheaper than ours. */
    public long linesBaselineCheaper() {
        return decisions.stream()
                .filter(d -> d.baselineCost() < d.expectedCost())
                .count();
    }
}
