package io.millrace.nightly.reorder;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.decisions.reorder.OrderCost;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.nightly.decide.Decided;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Plans tonight's orders, and gives the policy its model price beside the ERP's rule before Millrace, or a usual one. */
public final class Reorder implements Decision {

    /** Years of demand on which a line is priced, and how many a whole plan may take together. */
    private static final int MOST_YEARS = 200;

    public static final int LEAST_YEARS = 20;
    private static final int LINE_YEARS = 40_000;

    /** Rows of a plan in a file of its table. */
    private static final int LINES_A_FILE = 100_000;

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
        Dataset<Row> without = in.spark()
                .createDataset(
                        excluded.stream()
                                .map(e -> ReorderLines.key(e.product(), e.site()))
                                .toList(),
                        Encoders.STRING())
                .toDF("key");
        TradeHistory trade = new TradeHistory(in);
        ReorderLimits limits = ReorderLimits.of(in, settings.reorder(), without, trade);
        OrderCost orderCost = OrderCosts.of(in, in.date(), settings.reorder());
        PlanRows rows = new PlanRows(in, orderCost, settings.reorder().ceilings(), limits.weeks(), out);
        Dataset<Row> lines = in.cached(new PlanTasks(
                        in, options(settings).withSimulatedYears(years(limits.lines())), limits.shared())
                .decide(
                        ReorderLines.rows(in, settings.forecast().history(), rules, without, trade.rows()),
                        ReorderLines.of(
                                settings.reorder(), limits.unitVolume(), orderCost.amount(), new OpenOrders(in)),
                        PlanRows.schema(in.schema(decides())),
                        rows));
        PlanSums sums = PlanSums.of(lines);
        Optional<String> refusal = rows.isReleased()
                ? Optional.empty()
                : sums.breach(
                                settings.reorder().ceilings(),
                                TradeHistory.companySales(limits.sales(), limits.weeks()),
                                lines)
                        .or(() -> Freshness.doubt(in, settings));
        Dataset<Row> plan = lines.select("line.*").coalesce(files(sums.lines()));
        Dataset<Row> withoutOrder =
                in.rows(decides(), excluded.stream().map(rows::of).toList());
        return new Decided(
                sums.lines() + excluded.size(),
                sums.lines() + excluded.size(),
                refusal.map(why -> refused(plan, why)).orElse(plan).union(withoutOrder),
                Map.of("gold.first_rule", FirstRules.unseen(in, rules)),
                sums.note(refusal, orderCost, excluded.size()));
    }

    /** A plan that goes nowhere; what is held stays held. */
    private static Dataset<Row> refused(Dataset<Row> plan, String why) {
        return plan.withColumn("held_reason", coalesce(col("held_reason"), lit(why)))
                .withColumn("state", when(col("state").equalTo("held"), "held").otherwise("refused"));
    }

    private static int files(long lines) {
        return (int) (1 + lines / LINES_A_FILE);
    }

    /** What chance adds to a sum over many lines evens out, so a long plan needs fewer years for each line. */
    private static int years(long lines) {
        return (int) Math.max(LEAST_YEARS, Math.min(MOST_YEARS, LINE_YEARS / Math.max(1, lines)));
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
