package io.millrace.nightly.value;

import io.millrace.nightly.chart.BarChart;
import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.Formats;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/** What customers will be worth, and who of them is still there. */
final class ValueSection implements Section {

    private static final String VALUES = "gold.customer_value";

    /** The most valuable ones, for a person to look at. */
    private static final int SHOWN = 20;

    @Override
    public String name() {
        return "value";
    }

    @Override
    public String title() {
        return "What customers will be worth";
    }

    @Override
    public List<String> reads() {
        return List.of(VALUES);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> groups = night.has(VALUES)
                ? night.rows("""
                                SELECT CAST(least(floor(probability_alive * 5), 4) AS int), count(*), sum(expected_margin), sum(probability_alive),
                                       max(horizon_days)
                                FROM {gold.customer_value} WHERE business_date = :night GROUP BY 1""").stream()
                        .sorted(Comparator.comparingInt(row -> row.getInt(0)))
                        .toList()
                : List.of();
        if (groups.isEmpty()) {
            return List.of(new Text(
                    "No customers were valued tonight. " + night.state().missing("score-value")));
        }
        Formats formats = night.formats();
        long customers = groups.stream().mapToLong(row -> row.getLong(1)).sum();
        double margin = groups.stream()
                .mapToDouble(row -> row.getDecimal(2).doubleValue())
                .sum();
        double alive = groups.stream().mapToDouble(row -> row.getDouble(3)).sum();
        int days = groups.get(0).getInt(4);
        return List.of(
                Figures.of(
                        new Figure("Expected margin", formats.amount(margin), "in the next %d days".formatted(days)),
                        new Figure("Customers", formats.count(customers), "who ever bought"),
                        new Figure("Of them still there", formats.count(Math.round(alive)), "as the model expects")),
                byProbability(groups, formats),
                mostValuable(night, customers));
    }

    private static Picture byProbability(List<Row> groups, Formats formats) {
        Lines lines = Table.of(
                "Customers by the probability that they are still there",
                new Column("Still there", Kind.TEXT),
                new Column("Customers", Kind.COUNT),
                new Column("Expected margin", Kind.MONEY));
        List<String> names = groups.stream()
                .map(row -> "%d to %d %%".formatted(row.getInt(0) * 20, row.getInt(0) * 20 + 20))
                .toList();
        for (int i = 0; i < groups.size(); i++) {
            lines.add(names.get(i), groups.get(i).get(1), groups.get(i).get(2));
        }
        double[] sizes = groups.stream().mapToDouble(row -> row.getLong(1)).toArray();
        Row surest = groups.get(groups.size() - 1);
        return new Picture(
                "Who is still there",
                "%s customers are still there with %s."
                        .formatted(formats.count(surest.getLong(1)), names.get(names.size() - 1)),
                new BarChart(
                        "customers",
                        names,
                        List.of(new BarChart.Part("customers", Ink.GREEN, sizes)),
                        BarChart.Form.LYING),
                lines.all());
    }

    private static Table mostValuable(ReportNight night, long customers) {
        String most = """
                SELECT customer_code, probability_alive, expected_purchases, expected_margin, reason
                FROM {gold.customer_value} WHERE business_date = :night ORDER BY expected_margin DESC, customer_code""";
        Lines lines = Table.of(
                "The most valuable ones",
                new Column("Customer", Kind.TEXT),
                new Column("Still there", Kind.SHARE),
                new Column("Purchases", Kind.QUANTITY),
                new Column("Expected margin", Kind.MONEY),
                new Column("Why", Kind.SENTENCE));
        night.rows(most + " LIMIT " + SHOWN).forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4)));
        return lines.of(customers, night.query(most));
    }
}
