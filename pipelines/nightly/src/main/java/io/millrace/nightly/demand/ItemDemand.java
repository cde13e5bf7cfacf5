package io.millrace.nightly.demand;

import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.chart.TimeChart;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Formats;
import io.millrace.nightly.report.ReportNight;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * What sold of a product at a site, and what was forecast of it.
 *
 * @param title  the product and the site, as a person knows them
 * @param sold   first day of a week → units, of weeks that are known to their end; a week without a sale has 0
 * @param nights night that forecast → its weeks in order: period_start, mean, p10, p90 from column 3 on
 */
record ItemDemand(String title, NavigableMap<LocalDate, Double> sold, NavigableMap<LocalDate, List<Row>> nights) {

    /** Items that are drawn. */
    private static final int MOST = 6;

    /** Weeks of sales that are drawn. */
    private static final int WEEKS = 26;

    /** An older forecast is drawn if it is at least so old. */
    private static final int OLD = 14;

    /** The items with the most money in tonight's forecast. @param days how far back the oldest forecast is looked for */
    static List<ItemDemand> of(ReportNight night, int days) {
        List<Row> top = night.rows("""
                SELECT f.product_code, f.site_code, first(p.name) AS name, sum(f.mean * coalesce(p.list_price, p.cost_price, 0)) AS money
                FROM {gold.demand_forecast} f LEFT JOIN {silver.product} p ON p.product_code = f.product_code
                WHERE f.business_date = :night
                GROUP BY 1, 2 ORDER BY money DESC, 1, 2 LIMIT %d""".formatted(MOST));
        if (top.isEmpty()) {
            return List.of();
        }
        String those = "concat_ws('\\u0001', product_code, site_code) IN (%s)"
                .formatted(
                        top.stream().map(r -> "'%s'".formatted(escaped(key(r)))).collect(Collectors.joining(", ")));
        Map<String, List<Row>> forecasts = night.rows("""
                        SELECT product_code, site_code, business_date, period_start, mean, p10, p90 FROM {gold.demand_forecast}
                        WHERE business_date >= date_sub(:night, %d) AND %s""".formatted(days, those)).stream()
                .sorted(Comparator.comparing((Row row) -> row.getDate(3)))
                .collect(Collectors.groupingBy(ItemDemand::key));
        Map<String, List<Row>> sales =
                night.rows("""
                        SELECT product_code, site_code, CAST(floor(datediff(:night, order_date) / 7) AS int) AS week,
                               CAST(sum(quantity) AS double) AS units
                        FROM {silver.sales_line}
                        WHERE order_date > date_sub(:night, 7 * %d) AND order_date <= :night AND status <> 'cancelled'
                          AND quantity > 0 AND %s
                        GROUP BY 1, 2, 3""".formatted(WEEKS, those)).stream().collect(Collectors.groupingBy(ItemDemand::key));
        LocalDate delivered = night.tables().deliveredUntil("silver.sales_line");
        return top.stream()
                .map(r -> new ItemDemand(
                        "%s%s at %s"
                                .formatted(r.getString(0), r.isNullAt(2) ? "" : ", " + r.getString(2), r.getString(1)),
                        sold(night.date(), delivered, sales.getOrDefault(key(r), List.of())),
                        forecasts.getOrDefault(key(r), List.of()).stream()
                                .collect(Collectors.groupingBy(
                                        f -> f.getDate(2).toLocalDate(), TreeMap::new, Collectors.toList()))))
                .toList();
    }

    private static String key(Row row) {
        return row.getString(0) + '\u0001' + row.getString(1);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Weeks end with the night, 0 being the newest; those that no delivery tells of to their end are left out. */
    private static NavigableMap<LocalDate, Double> sold(LocalDate night, LocalDate delivered, List<Row> sales) {
        NavigableMap<LocalDate, Double> sold = new TreeMap<>();
        int first = sales.stream().mapToInt(r -> r.getInt(2)).max().orElse(-1);
        for (int week = first; week >= 0; week--) {
            if (!night.minusDays(7L * week).isAfter(delivered)) {
                sold.put(night.minusDays(7L * week + 6), 0.0);
            }
        }
        sales.forEach(
                r -> sold.computeIfPresent(night.minusDays(7L * r.getInt(2) + 6), (start, units) -> r.getDouble(3)));
        return sold;
    }

    /** The fan of tonight, what sold before, and an older fan that what sold can be held against. */
    Picture picture(Formats formats) {
        List<TimeChart.Band> bands = new ArrayList<>();
        List<TimeChart.Line> lines = new ArrayList<>();
        LocalDate tonight = nights.lastKey();
        Optional<LocalDate> older = Optional.of(nights.firstKey()).filter(day -> !day.isAfter(tonight.minusDays(OLD)));
        older.ifPresent(day -> bands.add(
                band("forecast on %s, 10%% to 90%%".formatted(formats.date(day)), Ink.GREY, nights.get(day))));
        bands.add(band("forecast tonight, 10% to 90%", Ink.BLUE, nights.get(tonight)));
        lines.add(new TimeChart.Line(
                "sold",
                Ink.ORANGE,
                List.copyOf(sold.keySet()),
                sold.values().stream().mapToDouble(Double::doubleValue).toArray()));
        lines.add(new TimeChart.Line("expected", Ink.BLUE, days(nights.get(tonight)), column(nights.get(tonight), 4)));
        double expected =
                nights.get(tonight).stream().mapToDouble(r -> r.getDouble(4)).sum();
        return new Picture(
                title,
                "%s units are expected in the next %s weeks."
                        .formatted(
                                formats.quantity(expected),
                                formats.count(nights.get(tonight).size())),
                new TimeChart("units a week", lines, bands),
                figures());
    }

    private Table figures() {
        Lines lines = Table.of(
                title + " in figures",
                new Column("Week from", Kind.DATE),
                new Column("Sold", Kind.QUANTITY),
                new Column("Expected", Kind.QUANTITY),
                new Column("10%", Kind.QUANTITY),
                new Column("90%", Kind.QUANTITY));
        sold.forEach((week, units) -> lines.add(week, units, null, null, null));
        nights.lastEntry().getValue().forEach(r -> lines.add(r.get(3), null, r.get(4), r.get(5), r.get(6)));
        return lines.folded();
    }

    private static TimeChart.Band band(String name, Ink ink, List<Row> weeks) {
        return new TimeChart.Band(name, ink, days(weeks), column(weeks, 5), column(weeks, 6));
    }

    private static List<LocalDate> days(List<Row> weeks) {
        return weeks.stream().map(r -> r.getDate(3).toLocalDate()).toList();
    }

    private static double[] column(List<Row> weeks, int column) {
        return weeks.stream().mapToDouble(r -> r.getDouble(column)).toArray();
    }
}
