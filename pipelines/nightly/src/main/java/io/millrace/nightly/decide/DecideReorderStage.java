package io.millrace.nightly.decide;

import io.millrace.decisions.reorder.PlanReview;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlan;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.ReorderProblem;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

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
                "silver.supplier",
                "silver.supplier_product",
                "silver.reorder_rule",
                "silver.purchase_line",
                "gold.reorder_plan",
                "gold.first_rule",
                "ops.decision_feedback",
                "ops.release");
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
        List<Exclusions.Excluded> excluded = Exclusions.of(night);
        ReorderLines.Read read = new ReorderLines(night)
                .read(excluded.stream()
                        .map(e -> ReorderLines.key(e.product(), e.site()))
                        .collect(Collectors.toSet()));
        List<ReorderLine> lines = read.lines();
        ReorderPlan plan = new ReorderPlanner(options(night.settings()).withSimulatedYears(years(lines.size())))
                .plan(new ReorderProblem(lines, budget(night.settings().reorder())));
        PlanRows rows = new PlanRows(night, read.orderCost());
        PlanReview review = rows.review(plan);
        List<Row> written = new ArrayList<>(rows.of(review));
        excluded.forEach(e -> written.add(rows.of(e)));
        night.lake().replaceDate("gold.reorder_plan", night.date(), night.lake().rows("gold.reorder_plan", written));
        return Outcome.of(
                lines.size() + (long) excluded.size(), written.size(), note(plan, review, read, excluded.size()));
    }

    private static String note(ReorderPlan plan, PlanReview review, ReorderLines.Read read, int excluded) {
        List<String> parts = new ArrayList<>();
        review.refusal().ifPresent(why -> parts.add("REFUSED: " + why));
        parts.add("%,d orders worth %,.2f".formatted(plan.linesOrdered(), plan.orderValue()));
        if (review.linesHeld() > 0) {
            parts.add("%,d of them worth %,.2f are held, see millrace held list"
                    .formatted(review.linesHeld(), review.heldValue()));
        }
        parts.add("model price %,.0f a year and %,.0f under %s"
                .formatted(plan.expectedCost(), plan.baselineCost(), baseline(plan)));
        parts.add("%,d lines are cheaper under it".formatted(plan.linesBaselineCheaper()));
        parts.add("%,d rest on fewer than eight weeks with demand".formatted(plan.linesLittleKnown()));
        if (excluded > 0) {
            parts.add("%,d sold and get no order".formatted(excluded));
        }
        if (!read.sitesNotCounted().isEmpty()) {
            parts.add("no stock is known for %s, so nothing is ordered there: deliver stock_level, or set"
                            .formatted(String.join(", ", read.sitesNotCounted()))
                    + " reorder.assume-empty-shelves: true");
        }
        parts.add(read.orderCost().sentence());
        return String.join("; ", parts);
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
}
