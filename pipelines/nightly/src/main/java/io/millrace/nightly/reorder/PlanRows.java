package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.Constraint;
import io.millrace.decisions.reorder.Marginal;
import io.millrace.decisions.reorder.OrderCeilings;
import io.millrace.decisions.reorder.OrderCost;
import io.millrace.decisions.reorder.PlanReview;
import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderPlan;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** A plan as rows of {@code gold.reorder_plan}: what may go, what is held or refused, what gets no order. */
final class PlanRows {

    /** Decimals of levels in the table: what is compared with the policy that stands is what is written. */
    private static final int DECIMALS = 3;

    private final LocalDate date;
    private final OrderCost orderCost;
    private final RowMaker out;
    private final StandingPolicies standing;
    private final TradeHistory trade;
    private final Releases releases;
    private final Doubts doubts;

    PlanRows(NightTables in, OrderCost orderCost, RowMaker out) {
        this.date = in.date();
        this.orderCost = orderCost;
        this.out = out;
        this.standing = new StandingPolicies(in);
        this.trade = new TradeHistory(in);
        this.releases = new Releases(in);
        this.doubts = Doubts.of(in);
    }

    /**
     * The plan beside its ceilings and what stands in quarantine, and without what somebody has let go.
     *
     * @param doubt what speaks against the plan as a whole
     */
    PlanReview review(ReorderPlan plan, OrderCeilings ceilings, Optional<String> doubt) {
        PlanReview review = PlanReview.of(
                plan,
                ceilings,
                trade::of,
                trade.companySales(),
                doubts::about,
                line -> releases.of(out.id(line.product(), line.site())).isPresent());
        return releases.hasPlan()
                ? review.released()
                : doubt.map(review::refused).orElse(review);
    }

    List<Row> of(PlanReview review) {
        return review.lines().stream()
                .map(line -> row(line, review.refusal().orElse(null)))
                .toList();
    }

    private Row row(PlanReview.Line reviewed, String refusal) {
        ReorderDecision d = reviewed.decision();
        ReorderLine line = d.line();
        String held = reviewed.heldReason().orElse(refusal);
        String state = reviewed.heldReason().isPresent() ? "held" : refusal != null ? "refused" : "planned";
        String supplier = line.supplier().isEmpty() ? null : line.supplier();
        return policy(line.product(), line.site(), supplier, d.reorderPoint(), d.orderUpTo())
                .put("order_quantity", d.orderQuantity())
                .put("unit", line.unit().isEmpty() ? null : line.unit())
                .put("need_by_date", date.plusDays(d.needByDays()))
                .put("safety_stock", d.safetyStock())
                .put("expected_cost", d.expectedCost())
                .put("baseline_cost", d.baselineCost())
                .put("expected_holding", d.priced().holding())
                .put("expected_shortage", d.priced().shortage())
                .put("expected_ordering", d.priced().ordering())
                .put("baseline_holding", d.baseline().holding())
                .put("baseline_shortage", d.baseline().shortage())
                .put("baseline_ordering", d.baseline().ordering())
                .put("reason", reason(d))
                .put("order_value", d.orderValue())
                .put("state", state)
                .put("held_reason", held)
                .put("binding_constraint", d.binding().map(Constraint::label).orElse(null))
                .put("marginal_cost", d.marginal().map(Marginal::cost).orElse(null))
                .put("marginal_saving", d.marginal().map(Marginal::saving).orElse(null))
                .done();
    }

    private String reason(ReorderDecision d) {
        String cost = orderCost.sentence();
        String id = out.id(d.line().product(), d.line().site());
        return d.reason()
                + (d.orderUpTo() > 0
                        ? " " + cost.substring(0, 1).toUpperCase(Locale.ROOT) + cost.substring(1) + "."
                        : "")
                + releases.of(id).map(sentence -> " " + sentence + ".").orElse("");
    }

    /** A line that orders nothing and keeps nothing. */
    Row of(Exclusions.Excluded e) {
        RowMaker.Draft row = policy(e.product(), e.site(), null, 0, 0)
                .put("order_quantity", 0.0)
                .put("unit", e.unit())
                .put("need_by_date", date)
                .put("safety_stock", 0.0)
                .put("order_value", 0.0)
                .put("reason", e.sentence())
                .put("state", "excluded");
        for (String price : List.of("expected", "baseline")) {
            for (String part : List.of("cost", "holding", "shortage", "ordering")) {
                row.put(price + "_" + part, 0.0);
            }
        }
        return row.done();
    }

    private RowMaker.Draft policy(String product, String site, String supplier, double point, double upTo) {
        StandingPolicies.Policy policy = new StandingPolicies.Policy(level(point), level(upTo), supplier);
        return out.row()
                .put("product_code", product)
                .put("site_code", site)
                .put("supplier_code", supplier)
                .put("order_date", date)
                .put("reorder_point", policy.reorderPoint())
                .put("order_up_to", policy.orderUpTo())
                .put("is_policy_change", standing.isChange(product, site, policy))
                .put("model_versions", "reorder-classical " + CodeVersion.get());
    }

    private static BigDecimal level(double value) {
        return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
