package io.millrace.nightly.simulate;

import io.millrace.decisions.replay.ReplayPolicy;
import io.millrace.decisions.replay.Saving;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Policies side by side on the days of a range.
 *
 * @param dates    on which was decided
 * @param end      last day
 * @param items    products at sites that were replayed
 * @param policies totals; without {@link ReplayPolicy#ERP_BEFORE} where the ERP had no rule at all
 * @param savings  of the classical plan against each policy that somebody could follow
 * @param lines    a line for each item and policy, by product, site and policy
 */
public record ReplayResult(
        List<LocalDate> dates,
        LocalDate end,
        int items,
        List<PolicyTotals> policies,
        Map<ReplayPolicy, Saving> savings,
        List<ItemLine> lines) {

    /** The totals of a policy, where it was replayed. */
    public Optional<PolicyTotals> of(ReplayPolicy policy) {
        return policies.stream().filter(p -> p.policy() == policy).findFirst();
    }

    /** What the classical plan is measured against: the ERP's rules before Millrace, or the moving average without any. */
    public ReplayPolicy yardstick() {
        return of(ReplayPolicy.ERP_BEFORE).isPresent() ? ReplayPolicy.ERP_BEFORE : ReplayPolicy.MOVING_AVERAGE;
    }

    private List<ItemLine> once() {
        return lines.stream().filter(l -> l.policy() == ReplayPolicy.CLASSICAL).toList();
    }

    /** Items for which the ERP had a rule before Millrace. */
    public long itemsWithRule() {
        return once().stream().filter(ItemLine::hasRule).count();
    }

    /** Items that start with the stock of the real shelf. */
    public long itemsWithStock() {
        return once().stream()
                .filter(l -> l.startKnown() && l.since().equals(dates.get(0)))
                .count();
    }

    /** Days of items on which the real shelf was seen. */
    public long daysSeen() {
        return once().stream().mapToLong(ItemLine::seenDays).sum();
    }

    /** Days of items on which the real shelf was seen empty. */
    public long daysEmpty() {
        return once().stream().mapToLong(ItemLine::emptyDays).sum();
    }

    /** Units sold on days on which the shelf was seen empty, as a share of all units. */
    public double censoredShare() {
        double all = once().stream().mapToDouble(ItemLine::demand).sum();
        double censored = once().stream().mapToDouble(ItemLine::emptyUnits).sum();
        return all > 0 ? censored / all : 0;
    }
}
