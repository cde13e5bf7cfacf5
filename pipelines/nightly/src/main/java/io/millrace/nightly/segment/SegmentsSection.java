package io.millrace.nightly.segment;

import io.millrace.nightly.chart.BarChart;
import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Who is like whom. */
final class SegmentsSection implements Section {

    private static final String PROFILES = "gold.segment_profile";

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public String title() {
        return "Who the customers are";
    }

    @Override
    public List<String> reads() {
        return List.of(PROFILES);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        Optional<LocalDate> before = night.has(PROFILES) ? night.before(PROFILES) : Optional.empty();
        Map<LocalDate, List<Row>> profiles = night.has(PROFILES)
                ? night.rows("""
                                SELECT business_date, segment_id, segment_name, customers, recency_days, frequency_365d, monetary_365d,
                                       silhouette, stability
                                FROM {gold.segment_profile} WHERE business_date IN (:night, DATE'%s')""".formatted(before.orElse(night.date()))).stream()
                        .sorted(Comparator.comparing((Row row) -> -row.getInt(3))
                                .thenComparing(row -> row.getInt(1)))
                        .collect(Collectors.groupingBy(r -> r.getDate(0).toLocalDate()))
                : Map.of();
        List<Row> segments = profiles.getOrDefault(night.date(), List.of());
        if (segments.isEmpty()) {
            return List.of(
                    new Text("No segments were found tonight. " + night.state().missing("score-segments")));
        }
        Map<Integer, Integer> then = profiles.getOrDefault(before.orElse(LocalDate.MIN), List.of()).stream()
                .collect(Collectors.toMap(r -> r.getInt(1), r -> r.getInt(3)));
        Lines lines = Table.of(
                before.map(day -> "Segments, with their customers of "
                                + night.formats().date(day))
                        .orElse("Segments"),
                new Column("Segment", Kind.TEXT),
                new Column("Customers", Kind.COUNT),
                new Column("Then", Kind.COUNT),
                new Column("Days since a purchase", Kind.QUANTITY),
                new Column("Purchases a year", Kind.QUANTITY),
                new Column("Spent a year", Kind.MONEY));
        segments.forEach(r -> lines.add(r.get(2), r.get(3), then.get(r.getInt(1)), r.get(4), r.get(5), r.get(6)));
        double[] sizes = segments.stream().mapToDouble(r -> r.getInt(3)).toArray();
        Row any = segments.get(0);
        return List.of(
                new Picture(
                        "How many are in each",
                        "The largest is %s with %s customers."
                                .formatted(any.getString(2), night.formats().count(any.getInt(3))),
                        new BarChart(
                                "customers",
                                segments.stream().map(r -> r.getString(2)).toList(),
                                List.of(new BarChart.Part("customers tonight", Ink.GREEN, sizes)),
                                BarChart.Form.LYING),
                        lines.all()),
                new Text(
                        "Figures are medians. The segments lie apart with a silhouette of %s (1 is best), and samples of the customers"
                                        .formatted(night.formats().quantity(any.getDouble(7)))
                                + " fall into the same segments with a stability of %s (1 is always)."
                                        .formatted(night.formats().quantity(any.getDouble(8)))));
    }
}
