package io.millrace.nightly.report;

import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.chart.TimeChart;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;

/** The last thirty nights: how much came, how long it took, and what the decisions were worth. */
public final class TrendsSection implements Section {

    private static final int NIGHTS = 30;
    private static final String PLAN = "gold.reorder_plan";

    @Override
    public String name() {
        return "trends";
    }

    @Override
    public String title() {
        return "The last 30 nights";
    }

    @Override
    public List<String> reads() {
        return List.of(PLAN);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<NightBook> books = night.books(NIGHTS);
        Map<LocalDate, Row> money = money(night);
        if (books.size() < 2 && money.size() < 2) {
            return List.of(new Text("This is the first night, so there is no trend yet."));
        }
        List<Block> blocks = new ArrayList<>();
        if (books.size() >= 2) {
            blocks.add(picture(
                    "Rows delivered",
                    "rows a night",
                    List.of(line("delivered", Ink.BLUE, books, NightBook::delivered), line("in quarantine", Ink.ORANGE, books, NightBook::quarantined)),
                    Kind.COUNT));
            blocks.add(picture(
                    "Time of all stages",
                    "seconds a night",
                    List.of(line("all stages but the page", Ink.BLUE, books, NightBook::seconds)),
                    Kind.QUANTITY));
        }
        if (money.size() >= 2) {
            blocks.add(picture(
                    "Orders placed",
                    night.formats().currency() + " a night",
                    List.of(of("value of the orders", Ink.BLUE, money, 1)),
                    Kind.MONEY));
            blocks.add(picture(
                    "Model price of the stock policies",
                    night.formats().currency() + " a year",
                    List.of(of("tonight's policies", Ink.BLUE, money, 2), of("baseline", Ink.GREY, money, 3)),
                    Kind.MONEY));
        }
        return blocks;
    }

    private static Map<LocalDate, Row> money(ReportNight night) {
        Map<LocalDate, Row> byDate = new TreeMap<>();
        if (night.has(PLAN)) {
            night.rows("""
                            SELECT business_date, sum(IF(state = 'planned', order_value, 0)), sum(expected_cost), sum(baseline_cost)
                            FROM {gold.reorder_plan} WHERE business_date > date_sub(:night, %1$d)
                            GROUP BY business_date""".formatted(NIGHTS))
                    .forEach(row -> byDate.put(row.getDate(0).toLocalDate(), row));
        }
        return byDate;
    }

    private static TimeChart.Line line(
            String name, Ink ink, List<NightBook> books, ToDoubleFunction<NightBook> figure) {
        return new TimeChart.Line(
                name,
                ink,
                books.stream().map(NightBook::date).toList(),
                books.stream().mapToDouble(figure).toArray());
    }

    private static TimeChart.Line of(String name, Ink ink, Map<LocalDate, Row> rows, int column) {
        return new TimeChart.Line(
                name,
                ink,
                List.copyOf(rows.keySet()),
                rows.values().stream()
                        .mapToDouble(r -> r.isNullAt(column) ? 0 : r.getDecimal(column).doubleValue())
                        .toArray());
    }

    private static Picture picture(String title, String unit, List<TimeChart.Line> lines, Kind kind) {
        List<Column> columns = new ArrayList<>(List.of(new Column("Night", Kind.DATE)));
        lines.forEach(line -> columns.add(new Column(line.name(), kind)));
        Block.Lines figures = Table.of("%s in figures".formatted(title), columns.toArray(Column[]::new));
        List<LocalDate> days = lines.get(0).days();
        for (int i = 0; i < days.size(); i++) {
            List<Object> values = new ArrayList<>(List.of(days.get(i)));
            int day = i;
            lines.forEach(line -> values.add(line.values()[day]));
            figures.add(values.toArray());
        }
        return new Picture(
                title,
                "From %s to %s.".formatted(days.get(0), days.get(days.size() - 1)),
                new TimeChart(unit, lines, List.of()),
                figures.folded());
    }
}
