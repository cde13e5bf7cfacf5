package io.millrace.decisions.reorder;

import java.math.BigDecimal;
import java.util.Locale;

/** Writes the sentence that tells a planner why a line is ordered, or is not. */
final class ReorderReason {

    private final ReorderLine line;
    private final ClassicalPolicy policy;
    private final DemandMoments moments;

    ReorderReason(ReorderLine line, ClassicalPolicy policy, DemandMoments moments) {
        this.line = line;
        this.policy = policy;
        this.moments = moments;
    }

    String sentence(double wanted, double quantity, YearlyPrice ours, YearlyPrice theirs) {
        return position() + "; " + action(wanted, quantity) + "; " + price(ours, theirs) + knowledge() + ".";
    }

    private String position() {
        StockPosition stock = line.stock();
        double point = policy.levels().reorderPoint();
        return "Position %s (on hand %s, reserved %s, incoming %s) is %s the reorder point %s (lead-time demand %s + safety %s, %s)"
                .formatted(
                        units(stock.position()),
                        units(stock.onHand()),
                        units(stock.reserved()),
                        units(stock.incoming()),
                        stock.position() <= point ? "at or below" : "above",
                        units(point),
                        units(moments.leadTimeMean()),
                        units(policy.safetyStock()),
                        service());
    }

    private String service() {
        String kind = line.costs().shortageCost().isPresent() ? "cost-balanced service" : "target service";
        return String.format(Locale.ROOT, "%s %.1f %%", kind, 100 * policy.serviceLevel());
    }

    private String action(double wanted, double quantity) {
        if (wanted == 0) {
            return moments.weeklyMean() > 0 ? "nothing is due tonight" : "no demand is expected, so nothing is ordered";
        }
        String upTo = "up to " + units(policy.levels().orderUpTo()) + " in packs of "
                + BigDecimal.valueOf(line.lot().pack()).stripTrailingZeros().toPlainString();
        if (quantity < wanted) {
            return "order %s of the %s due, cut to the budget (%s)".formatted(units(quantity), units(wanted), upTo);
        }
        return "order %s (%s)".formatted(units(quantity), upTo);
    }

    private String price(YearlyPrice ours, YearlyPrice theirs) {
        String rule = line.presentRule().isPresent()
                ? "the ERP's rule before Millrace"
                : "a moving-average rule (the ERP has none)";
        String costs = String.format(
                Locale.ROOT, "model price %,.2f a year against %,.2f under %s", ours.total(), theirs.total(), rule);
        return theirs.total() < ours.total() ? costs + ", which prices cheaper here" : costs;
    }

    private String knowledge() {
        int weeks = line.demand().busyWeeks();
        return line.demand().isWellKnown() || moments.weeklyMean() == 0
                ? ""
                : "; only %d %s with demand".formatted(weeks, weeks == 1 ? "week is known" : "weeks are known");
    }

    private static String units(double quantity) {
        double rounded = Math.rint(quantity * 10) / 10 + 0.0;
        return String.format(Locale.ROOT, rounded == Math.rint(rounded) ? "%.0f" : "%.1f", rounded);
    }
}
