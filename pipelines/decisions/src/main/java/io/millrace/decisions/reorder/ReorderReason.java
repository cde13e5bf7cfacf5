package io.millrace.decisions.reorder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Writes the sentence that tells a planner why a line is ordered, or is not. */
final class ReorderReason {

    private final ReorderLine line;
    private final ClassicalPolicy policy;
    private final DemandMoments moments;
    private final PlannedLine planned;
    private final double minimum;

    /** @param minimum value that the supplier accepts of all lines together, 0 for none */
    ReorderReason(PlannedLine planned, double minimum) {
        this.planned = planned;
        this.minimum = minimum;
        line = planned.line();
        policy = planned.policy();
        moments = planned.moments();
    }

    String sentence(Grant grant, Optional<Marginal> marginal, YearlyPrice ours, YearlyPrice theirs) {
        return position() + "; " + action(grant) + "; "
                + marginal.map(this::more).orElse("") + price(ours, theirs) + knowledge() + ".";
    }

    private String more(Marginal marginal) {
        return String.format(
                Locale.ROOT,
                "one more unit would cost %,.2f to hold and save %,.2f of shortage; ",
                marginal.cost(),
                marginal.saving());
    }

    private String position() {
        StockPosition stock = line.stock();
        if (!stock.isKnown()) {
            return "No stock is known for site %s; the reorder point is %s (lead-time demand %s + safety %s, %s)"
                    .formatted(
                            line.site(),
                            units(policy.levels().reorderPoint()),
                            units(moments.leadTimeMean()),
                            units(policy.safetyStock()),
                            service());
        }
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

    private String action(Grant grant) {
        String silence = moments.weeklyMean() > 0 ? "" : silence() + "; ";
        if (!line.stock().isKnown()) {
            return silence + "nothing is ordered where nobody counts the stock";
        }
        if (planned.wanted() == 0) {
            return silence + (planned.alone() > 0 ? waiting() : "nothing is due tonight");
        }
        String upTo = "up to " + units(policy.levels().orderUpTo()) + " in packs of "
                + BigDecimal.valueOf(line.lot().pack()).stripTrailingZeros().toPlainString();
        if (grant.cutBy() != null) {
            return silence
                    + "order %s of the %s due, cut to %s (%s)"
                            .formatted(units(grant.quantity()), units(planned.wanted()), limit(grant.cutBy()), upTo);
        }
        String filledUp = planned.wanted() > planned.alone()
                ? ", early, so that the supplier's minimum of %s is met".formatted(money(minimum))
                : "";
        return silence + "order %s (%s)%s".formatted(units(grant.quantity()), upTo, filledUp);
    }

    private String waiting() {
        return "%s are due and wait, because all lines of the supplier together do not come to its minimum of %s"
                .formatted(units(planned.alone()), money(minimum));
    }

    private String limit(Constraint cutBy) {
        return switch (cutBy) {
            case CAPACITY -> "the room at the site";
            case SUPPLIER_MINIMUM ->
                "nothing, because less than the supplier's minimum of %s is left to spend".formatted(money(minimum));
            default -> "the budget";
        };
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    private String silence() {
        WeeklyDemand demand = line.demand();
        if (demand.weeksSinceDemand().isEmpty()) {
            return "no demand is expected, and none was seen";
        }
        int ago = demand.weeksSinceDemand().getAsInt();
        String last = ago == 0 ? "last week" : "%d %s before last week".formatted(ago, ago == 1 ? "week" : "weeks");
        String usual = demand.weeksBetweenDemands().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "weeks with demand come every %.1f weeks",
                        demand.weeksBetweenDemands().getAsDouble())
                : "only one week saw demand";
        return demand.isSelling()
                ? "no demand is expected, but it sold %s and %s, so up to %s are kept"
                        .formatted(last, usual, units(policy.levels().orderUpTo()))
                : "no demand is expected, as it sold %s for the last time and %s".formatted(last, usual);
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

    private String units(double quantity) {
        return BigDecimal.valueOf(quantity)
                .setScale(line.lot().isDivisible() ? 3 : 1, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
