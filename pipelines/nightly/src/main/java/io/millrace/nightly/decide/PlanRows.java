package io.millrace.nightly.decide;

import io.millrace.decisions.reorder.OrderCost;
import io.millrace.decisions.reorder.PlanReview;
import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderPlan;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A plan as rows of {@code gold.reorder_plan}: what may go, what is held or refused, what gets no order. */
final class PlanRows {

    private final Night night;
    private final OrderCost orderCost;
    private final StandingPolicies standing;
    private final TradeHistory trade;
    private final Releases releases;

    PlanRows(Night night, OrderCost orderCost) {
        this.night = night;
        this.orderCost = orderCost;
        this.standing = new StandingPolicies(night);
        this.trade = new TradeHistory(night);
        this.releases = new Releases(night);
    }

    private LocalDate date() {
        return night.date();
    }

    /** The plan beside its ceilings, and without what somebody has let go. */
    PlanReview review(ReorderPlan plan) {
        PlanReview review = PlanReview.of(
                plan,
                night.settings().reorder().ceilings(),
                trade::of,
                trade.companySales(),
                line -> releases.of(id(line.product(), line.site())).isPresent());
        return releases.hasPlan() ? review.released() : review;
    }

    List<Row> of(PlanReview review) {
        return review.lines().stream()
                .map(line -> row(line, review.refusal().orElse(null)))
                .toList();
    }

    private Row row(PlanReview.Line reviewed, String refusal) {
        ReorderDecision d = reviewed.decision();
        ReorderLine line = d.line();
        String id = id(line.product(), line.site());
        String supplier = line.supplier().isEmpty() ? null : line.supplier();
        BigDecimal point = decimal(d.reorderPoint(), 3);
        BigDecimal upTo = decimal(d.orderUpTo(), 3);
        String held = reviewed.heldReason().orElse(refusal);
        String state = reviewed.heldReason().isPresent() ? "held" : refusal != null ? "refused" : "planned";
        return RowFactory.create(
                id,
                Date.valueOf(date()),
                line.product(),
                line.site(),
                supplier,
                decimal(d.orderQuantity(), 3),
                line.unit().isEmpty() ? null : line.unit(),
                Date.valueOf(date()),
                Date.valueOf(date().plusDays(d.needByDays())),
                point,
                upTo,
                decimal(d.safetyStock(), 3),
                decimal(d.expectedCost(), 2),
                decimal(d.baselineCost(), 2),
                decimal(d.priced().holding(), 2),
                decimal(d.priced().shortage(), 2),
                decimal(d.priced().ordering(), 2),
                decimal(d.baseline().holding(), 2),
                decimal(d.baseline().shortage(), 2),
                decimal(d.baseline().ordering(), 2),
                "reorder-classical " + CodeVersion.get(),
                reason(d, id),
                decimal(d.orderValue(), 2),
                state,
                held,
                standing.isChange(line.product(), line.site(), new StandingPolicies.Policy(point, upTo, supplier)));
    }

    private String reason(ReorderDecision d, String id) {
        String cost = orderCost.sentence();
        return d.reason()
                + (d.orderUpTo() > 0
                        ? " " + cost.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + cost.substring(1) + "."
                        : "")
                + releases.of(id).map(sentence -> " " + sentence + ".").orElse("");
    }

    /** A line that orders nothing and keeps nothing. */
    Row of(Exclusions.Excluded e) {
        BigDecimal nothing = BigDecimal.ZERO.setScale(3);
        BigDecimal free = BigDecimal.ZERO.setScale(2);
        Date date = Date.valueOf(date());
        return RowFactory.create(
                id(e.product(), e.site()),
                date,
                e.product(),
                e.site(),
                null,
                nothing,
                e.unit(),
                date,
                date,
                nothing,
                nothing,
                nothing,
                free,
                free,
                free,
                free,
                free,
                free,
                free,
                free,
                "reorder-classical " + CodeVersion.get(),
                e.sentence(),
                free,
                "excluded",
                null,
                standing.isChange(e.product(), e.site(), new StandingPolicies.Policy(nothing, nothing, null)));
    }

    private String id(String product, String site) {
        return DecisionId.of("reorder_plan", date(), product, site);
    }

    private static BigDecimal decimal(double value, int scale) {
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
    }
}
