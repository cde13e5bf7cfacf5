package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.Constraint;
import io.millrace.decisions.reorder.Marginal;
import io.millrace.decisions.reorder.OrderCeilings;
import io.millrace.decisions.reorder.OrderCost;
import io.millrace.decisions.reorder.PastTrade;
import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A plan as rows of {@code gold.reorder_plan}: what may go, what is held, what gets no order. Beside each line stand the figures that
 * the plan as a whole is looked at by, see {@link #SUMMED}; it is refused as a whole only when all lines are there.
 */
final class PlanRows implements PlanTasks.DecisionWriter {

    /** Decimals of levels in the table: what is compared with the policy that stands is what is written. */
    private static final int DECIMALS = 3;

    /** Beside the {@code line} of a decision. */
    private static final String SUMMED =
            "value DOUBLE, orders BOOLEAN, held BOOLEAN, expected DOUBLE, baseline DOUBLE, ruled BOOLEAN, known BOOLEAN,"
                    + " counted BOOLEAN";

    private final LocalDate date;
    private final OrderCost orderCost;
    private final RowMaker out;
    private final OrderCeilings ceilings;
    private final StandingPolicies standing;
    private final double companyWeeks;
    private final Releases releases;
    private final Doubts doubts;

    PlanRows(NightTables in, OrderCost orderCost, OrderCeilings ceilings, double companyWeeks, RowMaker out) {
        this.date = in.date();
        this.orderCost = orderCost;
        this.ceilings = ceilings;
        this.companyWeeks = companyWeeks;
        this.out = out;
        this.standing = new StandingPolicies(in);
        this.releases = new Releases(in);
        this.doubts = Doubts.of(in);
    }

    /** The columns of what {@link #row} writes. */
    static StructType schema(StructType table) {
        StructType schema = new StructType().add("line", table);
        for (StructField figure : StructType.fromDDL(SUMMED).fields()) {
            schema = schema.add(figure);
        }
        return schema;
    }

    /** Whether a person has let the plan go as a whole. */
    boolean isReleased() {
        return releases.hasPlan();
    }

    /** A decision beside its ceilings and what stands in quarantine, unless somebody has let it go. */
    @Override
    public Row row(Row fact, ReorderDecision d) {
        ReorderLine line = d.line();
        PastTrade past = TradeHistory.of(fact.getAs("trade"), date, companyWeeks);
        Optional<String> held = releases.of(out.id(line.product(), line.site())).isPresent()
                ? Optional.empty()
                : doubts.about(line).or(() -> ceilings.breach(d, past));
        return RowFactory.create(
                line(d, held),
                d.orderValue(),
                d.orderQuantity() > 0,
                held.isPresent(),
                d.expectedCost(),
                d.baselineCost(),
                line.presentRule().isPresent(),
                line.demand().isWellKnown(),
                line.stock().isKnown());
    }

    private Row line(ReorderDecision d, Optional<String> held) {
        ReorderLine line = d.line();
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
                .put("state", held.isPresent() ? "held" : "planned")
                .put("held_reason", held.orElse(null))
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
