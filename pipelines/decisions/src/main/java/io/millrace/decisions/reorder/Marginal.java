package io.millrace.decisions.reorder;

/**
 * One unit more in tonight's order, beside its price. Where nothing binds the two are about equal, because that is how a reorder
 * point is found; where a limit binds their difference is what it costs to keep to it.
 *
 * @param cost   of holding it until the next order would bring it, hQ / D for a lot Q and a demand D of a year; for a year where
 *               nothing is asked for; 0 or more
 * @param saving shortage cost that it is expected to avoid until an order of the next review would arrive, b (L(y) − L(y + 1))
 *               for L(y) units short of a position y
 */
public record Marginal(double cost, double saving) {

    static Marginal of(ReorderLine line, DemandMoments moments, ClassicalPolicy policy, double quantity) {
        double yearly = moments.weeklyMean() * 365 / 7;
        double years = yearly > 0 ? policy.levels().lot() / yearly : 1;
        double position = line.stock().position() + quantity;
        double avoided = policy.exposure().loss(position) - policy.exposure().loss(position + 1);
        return new Marginal(line.costs().holdingPerYear() * years, policy.shortageCost() * Math.max(0, avoided));
    }
}
