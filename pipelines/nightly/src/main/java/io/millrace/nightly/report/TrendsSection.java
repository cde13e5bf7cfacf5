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
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;

/** The last thirty nights: how much came, how long it took, and what the decisions were worth. */
public final class TrendsSection implements Section {

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
        return List.of(OrderBook.PLAN);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<NightBook> books = night.books(OrderBook.NIGHTS);
        Map<LocalDate, List<Row>> money = OrderBook.sums(night);
        if (books.size() < 2 && money.size() < 2) {
            return List.of(new Text("This is the first night, so there is no trend yet."));
        }
        List<Block> blocks = new ArrayList<>();
        if (books.size() >= 2) {
            blocks.add(picture(
                    "Rows delivered",
                    "rows a night",
                    List.of(
                            line("delivered", Ink.BLUE, books, NightBook::delivered),
                            line("in quarantine", Ink.ORANGE, books, NightBook::quarantined)),
                    Kind.COUNT));
            blocks.add(picture(
                    "Time of all stages",
                    "seconds a night",
                    List.of(line("all stages", Ink.BLUE, books, NightBook::seconds)),
                    Kind.QUANTITY));
        }
        if (money.size() >= 2) {
            blocks.add(picture(
                    "Orders placed",
                    night.formats().currency() + " a night",
                    List.of(of("value of the orders", Ink.BLUE, money, "value")),
                    Kind.MONEY));
            blocks.add(picture(
                    "Model price of the stock policies",
                    night.formats().currency() + " a year",
                    List.of(
                            of("the night's policies", Ink.BLUE, money, "expected_cost"),
                            of("baseline", Ink.GREY, money, "baseline_cost")),
                    Kind.MONEY));
        }
        return blocks;
    }

    private static TimeChart.Line line(
            String name, Ink ink, List<NightBook> books, ToDoubleFunction<NightBook> figure) {
        return new TimeChart.Line(
                name,
                ink,
                books.stream().map(NightBook::date).toList(),
                books.stream().mapToDouble(figure).toArray());
    }

    private static TimeChart.Line of(String name, Ink ink, Map<LocalDate, List<Row>> sums, String column) {
        return new TimeChart.Line(
                name,
                ink,
                List.copyOf(sums.keySet()),
                sums.values().stream()
                        .mapToDouble(suppliers -> OrderBook.total(suppliers, column))
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
