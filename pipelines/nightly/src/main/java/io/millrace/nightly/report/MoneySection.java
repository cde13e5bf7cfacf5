package io.millrace.nightly.report;

import io.millrace.nightly.chart.BarChart;
import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Command;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.simulate.ReplayClaim;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** What the night's decisions are worth by the models that made them, each beside its baseline. */
public final class MoneySection implements Section {

    private static final String TARGETS = "gold.campaign_target";

    @Override
    public String name() {
        return "money";
    }

    @Override
    public String title() {
        return "The money";
    }

    @Override
    public List<String> reads() {
        return List.of(OrderBook.PLAN, TARGETS);
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.campaign().contactCost() + ReplayClaim.text(settings);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Block> blocks = new ArrayList<>();
        stock(night, blocks);
        if (!blocks.isEmpty()) {
            replay(night, blocks);
        }
        contacts(night, blocks);
        if (blocks.isEmpty()) {
            blocks.add(new Text("Nothing was decided tonight that has a price."));
        }
        return blocks;
    }

    private static void stock(ReportNight night, List<Block> blocks) {
        List<Row> tonight = OrderBook.sums(night).getOrDefault(night.date(), List.of());
        if (tonight.isEmpty()) {
            return;
        }
        Formats formats = night.formats();
        double ours = OrderBook.total(tonight, "expected_cost");
        double baseline = OrderBook.total(tonight, "baseline_cost");
        blocks.add(Figures.of(
                new Figure("Stock, a year, under tonight's policies", formats.amount(ours), "model price"),
                new Figure(
                        "Under the baseline",
                        formats.amount(baseline),
                        "the ERP's rules before Millrace, a moving average where it had none"),
                new Figure(
                        "Saved, by the model",
                        formats.amount(baseline - ours),
                        baseline > 0 ? formats.share(1 - ours / baseline) + " of the baseline" : ""),
                new Figure(
                        "Lines cheaper under the baseline",
                        formats.count(OrderBook.total(tonight, "dearer")),
                        "of " + formats.count(OrderBook.total(tonight, "lines")))));
        if (OrderBook.total(tonight, "baseline_holding") > 0) {
            blocks.add(parts(night, tonight));
        }
        blocks.add(new Text(
                "A model price is the average year of the demand that the plan believes in, with both policies in the"
                        + " same world."));
    }

    private static Picture parts(ReportNight night, List<Row> tonight) {
        List<String> policies = List.of("Tonight's policies", "The baseline");
        List<BarChart.Part> parts = List.of(
                new BarChart.Part("holding stock", Ink.BLUE, both(tonight, "holding")),
                new BarChart.Part("being short", Ink.ORANGE, both(tonight, "shortage")),
                new BarChart.Part("placing orders", Ink.GREY, both(tonight, "ordering")));
        Block.Lines lines = Table.of(
                "The parts in figures",
                new Column("Policy", Kind.TEXT),
                new Column("Holding stock", Kind.MONEY),
                new Column("Being short", Kind.MONEY),
                new Column("Placing orders", Kind.MONEY));
        for (int i = 0; i < policies.size(); i++) {
            int policy = i;
            lines.add(
                    policies.get(i),
                    parts.get(0).values()[policy],
                    parts.get(1).values()[policy],
                    parts.get(2).values()[policy]);
        }
        Formats formats = night.formats();
        return new Picture(
                "What the year costs",
                "Holding costs %s under tonight's policies and %s under the baseline; being short %s and %s."
                        .formatted(
                                formats.amount(parts.get(0).values()[0]),
                                formats.amount(parts.get(0).values()[1]),
                                formats.amount(parts.get(1).values()[0]),
                                formats.amount(parts.get(1).values()[1])),
                new BarChart(formats.currency() + " a year", policies, parts, BarChart.Form.LYING_STACKED),
                lines.folded());
    }

    /** A part of the plan's price, and of the baseline's. */
    private static double[] both(List<Row> tonight, String part) {
        return new double[] {OrderBook.total(tonight, "expected_" + part), OrderBook.total(tonight, "baseline_" + part)
        };
    }

    /** What real demand would have cost, where somebody has asked. */
    private static void replay(ReportNight night, List<Block> blocks) {
        Optional<ReplayClaim> claim = ReplayClaim.kept(night.settings());
        if (claim.isEmpty()) {
            blocks.add(new Command(
                    "What the plan would have saved on days that happened:",
                    "./millrace simulate reorder --from %s --to %s"
                            .formatted(night.date().minusWeeks(26), night.date())));
            return;
        }
        Formats formats = night.formats();
        ReplayClaim c = claim.get();
        blocks.add(Figures.of(new Figure(
                "Saved on days that happened",
                formats.amount(c.amount()),
                "%s to %s in 95 of 100 draws of the items, %s of what %s cost; %s items from %s to %s"
                        .formatted(
                                formats.amount(c.low()),
                                formats.amount(c.high()),
                                formats.share(c.share()),
                                c.against(),
                                formats.count(c.items()),
                                formats.date(LocalDate.parse(c.from())),
                                formats.date(LocalDate.parse(c.to()))))));
    }

    private static void contacts(ReportNight night, List<Block> blocks) {
        Row sums = night.has(TARGETS) ? night.rows("""
                                SELECT count(*), sum(expected_value), sum(baseline_value), sum(cost)
                                FROM {gold.campaign_target} WHERE business_date = :night AND NOT is_control""").get(0) : null;
        if (sums == null || sums.getLong(0) == 0) {
            return;
        }
        Formats formats = night.formats();
        // Rows of a night before offers had costs of their own have none.
        BigDecimal cost = sums.isNullAt(3)
                ? night.settings().campaign().contactCost().multiply(BigDecimal.valueOf(sums.getLong(0)))
                : sums.getDecimal(3);
        blocks.add(Figures.of(
                new Figure("Expected of tonight's contacts", formats.amount(sums.getDecimal(1)), "after their cost"),
                new Figure(
                        "Of the same money at random", formats.amount(sums.getDecimal(2)), "among the same customers"),
                new Figure(
                        "Cost of the contacts", formats.amount(cost), formats.count(sums.getLong(0)) + " contacts")));
    }
}
