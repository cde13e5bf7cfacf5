package io.millrace.nightly.decide;

import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlan;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.ReorderProblem;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Plans tonight's orders, and gives the policy its model price beside the ERP's rule before Millrace, or a usual one. */
public final class DecideReorderStage implements Stage {

    /** Years of demand on which a line is priced, and how many a whole plan may take together. */
    private static final int MOST_YEARS = 200;

    public static final int LEAST_YEARS = 20;
    private static final int LINE_YEARS = 40_000;

    @Override
    public String name() {
        return "decide-reorder";
    }

    @Override
    public String about() {
        return "plan orders to suppliers";
    }

    @Override
    public List<String> reads() {
        return List.of(
                "gold.demand_forecast",
                "features.supplier_reliability",
                "silver.sales_line",
                "silver.product",
                "silver.stock_level",
                "silver.supplier_product",
                "silver.reorder_rule",
                "silver.purchase_line",
                "gold.reorder_plan",
                "gold.first_rule",
                "ops.decision_feedback");
    }

    @Override
    public List<String> writes() {
        return List.of("gold.reorder_plan", "gold.first_rule");
    }

    @Override
    public String heeds(Night night) {
        return night.settings().reorder().toString() + night.settings().forecast();
    }

    @Override
    public Outcome run(Night night) {
        FirstRules.keep(night);
        List<ReorderLine> lines = new ReorderLines(night).read();
        ReorderPlan plan = new ReorderPlanner(options(night.settings()).withSimulatedYears(years(lines.size())))
                .plan(new ReorderProblem(lines, budget(night.settings().reorder())));
        List<Row> rows =
                plan.decisions().stream().map(d -> row(night.date(), d)).toList();
        night.lake().replaceDate("gold.reorder_plan", night.date(), night.lake().rows("gold.reorder_plan", rows));
        return Outcome.of(
                lines.size(),
                rows.size(),
                "%,d orders worth %,.2f; model price %,.0f a year and %,.0f under %s; %d lines are cheaper under it; %d rest on fewer than eight weeks with demand"
                        .formatted(
                                plan.linesOrdered(),
                                plan.orderValue(),
                                plan.expectedCost(),
                                plan.baselineCost(),
                                baseline(plan),
                                plan.linesBaselineCheaper(),
                                plan.linesLittleKnown()));
    }

    private static String baseline(ReorderPlan plan) {
        long ruled = plan.linesWithRule();
        if (ruled == 0) {
            return "a moving-average rule (the ERP has none)";
        }
        return ruled == plan.decisions().size()
                ? "the ERP's rules"
                : "the ERP's rules for %,d lines and a moving-average rule for the others".formatted(ruled);
    }

    /** What chance adds to a sum over many lines evens out, so a long plan needs fewer years for each line. */
    private static int years(int lines) {
        return Math.max(LEAST_YEARS, Math.min(MOST_YEARS, LINE_YEARS / Math.max(1, lines)));
    }

    /** The planner's parameters as configured. */
    public static ReorderOptions options(Settings settings) {
        ReorderOptions usual = ReorderOptions.defaults(settings.seed());
        double level = Math.min(settings.reorder().serviceLevel(), usual.serviceCeiling());
        return usual.withReviewDays(settings.reorder().reviewDays())
                .withServiceLevel(level)
                .withUnmet(settings.reorder().unmetDemand());
    }

    private static OptionalDouble budget(Settings.Reorder reorder) {
        return reorder.budget() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(reorder.budget().doubleValue());
    }

    private static Row row(LocalDate date, ReorderDecision d) {
        ReorderLine line = d.line();
        return RowFactory.create(
                DecisionId.of("reorder_plan", date, line.product(), line.site()),
                Date.valueOf(date),
                line.product(),
                line.site(),
                line.supplier().isEmpty() ? null : line.supplier(),
                decimal(d.orderQuantity(), 3),
                line.unit().isEmpty() ? null : line.unit(),
                Date.valueOf(date),
                Date.valueOf(date.plusDays(d.needByDays())),
                decimal(d.reorderPoint(), 3),
                decimal(d.orderUpTo(), 3),
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
                d.reason());
    }

    private static BigDecimal decimal(double value, int scale) {
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
    }
}
