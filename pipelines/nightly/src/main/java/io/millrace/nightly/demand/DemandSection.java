package io.millrace.nightly.demand;

import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** What will be asked for, of the items that bring most money, and how the forecasts of the last weeks came true. */
final class DemandSection implements Section {

    private static final String FORECAST = "gold.demand_forecast";

    /** Past nights whose forecasts are looked at, a week or more apart. */
    private static final int PAST = 8;

    /** How far back they are. */
    private static final int PAST_DAYS = 90;

    @Override
    public String name() {
        return "demand";
    }

    @Override
    public String title() {
        return "What will be asked for";
    }

    @Override
    public List<String> reads() {
        return List.of(FORECAST, "silver.sales_line", "silver.product");
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.forecast();
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<ItemDemand> items = night.has(FORECAST) ? ItemDemand.of(night, PAST_DAYS) : List.of();
        if (items.isEmpty()) {
            return List.of(
                    new Text("Nothing was forecast tonight. " + night.state().missing("score-demand")));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Text(
                "The items of which most money is expected, a week at a time. Demand is below the band in one week of ten, and above"
                        + " it in one of ten."));
        items.forEach(item -> blocks.add(item.picture(night.formats())));
        accuracy(night, items, blocks);
        return blocks;
    }

    private static void accuracy(ReportNight night, List<ItemDemand> items, List<Block> blocks) {
        LocalDate delivered = night.tables().deliveredUntil("silver.sales_line");
        List<LocalDate> nights = apart(items, delivered.minusDays(7));
        if (nights.isEmpty()) {
            blocks.add(
                    new Text(
                            "No night of the last weeks has forecast a week that is over, so there is nothing yet to measure a forecast by."));
            return;
        }
        List<Row> weeks = weeks(night, nights);
        Lines lines = Table.of(
                "Forecasts a week ahead, and what then sold",
                new Column("Night", Kind.DATE),
                new Column("Items", Kind.COUNT),
                new Column("Units expected", Kind.QUANTITY),
                new Column("Units sold", Kind.QUANTITY),
                new Column("Error", Kind.SHARE),
                new Column("Within the band", Kind.SHARE));
        weeks.forEach(r -> lines.add(
                r.get(0),
                r.get(1),
                r.get(2),
                r.get(3),
                r.getDouble(3) > 0 ? r.getDouble(4) / r.getDouble(3) : null,
                r.get(5)));
        double sold = sum(weeks, 3);
        double measured = weeks.stream().mapToLong(r -> r.getLong(1)).sum();
        double inside =
                weeks.stream().mapToDouble(r -> r.getLong(1) * r.getDouble(5)).sum() / measured;
        blocks.add(Figures.of(
                new Figure(
                        "Error a week ahead",
                        sold > 0 ? night.formats().share(sum(weeks, 4) / sold) : "–",
                        "differences of all items, as a share of what sold"),
                new Figure(
                        "Bias",
                        sold > 0 ? night.formats().share(sum(weeks, 2) / sold - 1) : "–",
                        "more expected than sold, if positive"),
                new Figure(
                        "Within the band",
                        night.formats().share(inside),
                        "80% would be exact, 100% if nothing ever sold")));
        blocks.add(lines.all());
    }

    private static double sum(List<Row> weeks, int column) {
        return weeks.stream().mapToDouble(r -> r.getDouble(column)).sum();
    }

    /** The newest nights up to a day that lie a week apart: their first weeks are over and do not overlap. */
    private static List<LocalDate> apart(List<ItemDemand> items, LocalDate last) {
        NavigableSet<LocalDate> nights = new TreeSet<>();
        items.forEach(item -> nights.addAll(item.nights().keySet()));
        List<LocalDate> apart = new ArrayList<>();
        for (LocalDate date : nights.headSet(last, true).descendingSet()) {
            boolean isApart =
                    apart.isEmpty() || !date.isAfter(apart.get(apart.size() - 1).minusDays(7));
            if (isApart && apart.size() < PAST) {
                apart.add(date);
            }
        }
        return apart;
    }

    /** Rows of night, items, units expected, units sold, absolute differences, share within p10 to p90; of each night's first week. */
    private static List<Row> weeks(ReportNight night, List<LocalDate> nights) {
        String dates = nights.stream().map("DATE'%s'"::formatted).collect(Collectors.joining(", "));
        return night.rows("""
                SELECT business_date, count(*), sum(mean), sum(units), sum(abs(units - mean)),
                       avg(IF(units BETWEEN p10 AND p90, 1.0D, 0.0D))
                FROM (SELECT f.business_date, f.product_code, f.site_code, f.mean, f.p10, f.p90,
                             coalesce(sum(CAST(s.quantity AS double)), 0.0D) AS units
                      FROM {gold.demand_forecast} f
                      LEFT JOIN (SELECT product_code, site_code, order_date, quantity FROM {silver.sales_line}
                                 WHERE status <> 'cancelled' AND quantity > 0) s
                        ON s.product_code = f.product_code AND s.site_code = f.site_code
                       AND s.order_date BETWEEN f.period_start AND date_add(f.period_start, 6)
                      WHERE f.step = 1 AND f.business_date IN (%s)
                      GROUP BY 1, 2, 3, 4, 5, 6)
                GROUP BY business_date ORDER BY business_date DESC LIMIT %d""".formatted(dates, PAST));
    }
}
