package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.PlanReview;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlan;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.ReorderProblem;
import io.millrace.nightly.decide.Decided;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Plans tonight's orders, and gives the policy its model price beside the ERP's rule before Millrace, or a usual one. */
public final class Reorder implements Decision {

    /** Years of demand on which a line is priced, and how many a whole plan may take together. */
    private static final int MOST_YEARS = 200;

    public static final int LEAST_YEARS = 20;
    private static final int LINE_YEARS = 40_000;

    @Override
    public String name() {
        return "reorder";
    }

    @Override
    public String about() {
        return "plan orders to suppliers";
    }

    @Override
    public List<String> decidesFrom() {
        return List.of(
                "gold.demand_forecast",
                "features.supplier_reliability",
                "silver.sales_line",
                "silver.product",
                "silver.site",
                "silver.stock_level",
                "silver.supplier",
                "silver.supplier_product",
                "silver.reorder_rule",
                "silver.purchase_line",
                "gold.reorder_plan",
                "gold.first_rule",
                "ops.decision_feedback",
                "ops.release",
                "ops.quarantine");
    }

    @Override
    public String decides() {
        return "gold.reorder_plan";
    }

    @Override
    public List<String> key() {
        return List.of("product_code", "site_code");
    }

    @Override
    public List<String> keeps() {
        return List.of("gold.first_rule");
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.reorder().toString()
                + settings.forecast()
                + settings.sources().entrySet().stream()
                        .map(source -> source.getKey() + source.getValue().staleAfter())
                        .toList();
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new ReorderSection());
    }

    @Override
    public Decided decide(NightTables in, Settings settings, RowMaker out) {
        Dataset<Row> rules = FirstRules.of(in);
        List<Exclusions.Excluded> excluded =
                Exclusions.of(in, settings.forecast().history());
        Set<String> without = excluded.stream()
                .map(e -> ReorderLines.key(e.product(), e.site()))
                .collect(Collectors.toSet());
        ReorderLimits limits = ReorderLimits.of(in, settings.reorder(), without);
        ReorderLines.Read read = new ReorderLines(in, settings, limits.unitVolume()).read(rules, without);
        List<ReorderLine> lines = read.lines();
        ReorderPlan plan = new ReorderPlanner(options(settings).withSimulatedYears(years(lines.size())))
                .plan(new ReorderProblem(lines, limits.shared()));
        PlanRows rows = new PlanRows(in, read.orderCost(), out);
        PlanReview review = rows.review(plan, settings.reorder().ceilings(), Freshness.doubt(in, settings));
        List<Row> decided = new ArrayList<>(rows.of(review));
        excluded.forEach(e -> decided.add(rows.of(e)));
        return new Decided(
                decided.size(),
                decided,
                Map.of("gold.first_rule", FirstRules.unseen(in, rules)),
                note(plan, review, read, excluded.size()));
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
}
