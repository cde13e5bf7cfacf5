package io.millrace.nightly.reorder;

import io.millrace.nightly.chart.BarChart;
import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Command;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.OrderBook;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** What to order from whom, and what is otherwise than the night before. */
final class ReorderSection implements Section {

    /** Suppliers in the chart; the table has all that the page reads. */
    private static final int DRAWN = 10;

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public String title() {
        return "What to order";
    }

    @Override
    public List<String> reads() {
        return List.of(OrderBook.PLAN);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> suppliers = OrderBook.sums(night).getOrDefault(night.date(), List.of()).stream()
                .sorted(Comparator.comparing((Row row) -> -row.<Double>getAs("value"))
                        .thenComparing(row -> row.<String>getAs("supplier")))
                .toList();
        if (suppliers.isEmpty()) {
            return List.of(new Text("No plan was made tonight. " + night.state().missing("decide-reorder")));
        }
        List<Row> ordering =
                suppliers.stream().filter(row -> row.<Long>getAs("orders") > 0).toList();
        long orders = (long) OrderBook.total(ordering, "orders");
        List<Block> blocks = new ArrayList<>();
        blocks.add(Figures.of(
                new Figure("Orders", night.formats().count(orders), "lines of product and site"),
                new Figure(
                        "Worth",
                        night.formats().amount(OrderBook.total(ordering, "value")),
                        "at the terms of the suppliers"),
                new Figure("Suppliers", night.formats().count(ordering.size()), "")));
        if (orders == 0) {
            blocks.add(new Text("Nothing is due tonight: every position is above its reorder point."));
        } else {
            bySupplier(night, ordering, blocks);
            blocks.add(orders(night, orders));
            blocks.add(new Command(
                    "What an order rests on, down to the delivered line:",
                    "./millrace explain reorder --product PRODUCT --site SITE --date " + night.date()));
        }
        changes(night, blocks);
        return blocks;
    }

    private static void bySupplier(ReportNight night, List<Row> ordering, List<Block> blocks) {
        Lines lines = Table.of(
                "By supplier",
                new Column("Supplier", Kind.TEXT),
                new Column("Lines", Kind.COUNT),
                new Column("Value", Kind.MONEY));
        ordering.stream()
                .limit(ReportNight.MOST)
                .forEach(r -> lines.add(named(r), r.getAs("orders"), r.getAs("value")));
        List<Row> drawn = ordering.subList(0, Math.min(DRAWN, ordering.size()));
        double[] values =
                drawn.stream().mapToDouble(r -> r.<Double>getAs("value")).toArray();
        blocks.add(new Picture(
                "Value of the orders by supplier",
                "The largest is %s with %s."
                        .formatted(named(drawn.get(0)), night.formats().amount(values[0])),
                new BarChart(
                        night.formats().currency(),
                        drawn.stream().map(ReorderSection::named).toList(),
                        List.of(new BarChart.Part("orders of tonight", Ink.BLUE, values)),
                        BarChart.Form.LYING),
                lines.of(ordering.size(), "")));
    }

    private static String named(Row sums) {
        String supplier = sums.getAs("supplier");
        return supplier.isEmpty() ? "no supplier known" : supplier;
    }

    private static Table orders(ReportNight night, long all) {
        String from =
                " FROM {gold.reorder_plan} WHERE business_date = :night AND order_quantity > 0 AND state = 'planned'"
                        + " ORDER BY order_value DESC, product_code, site_code";
        Lines lines = Table.of(
                "Orders, the largest first",
                new Column("Product", Kind.TEXT),
                new Column("Site", Kind.TEXT),
                new Column("Supplier", Kind.TEXT),
                new Column("Quantity", Kind.QUANTITY),
                new Column("Value", Kind.MONEY),
                new Column("Needed by", Kind.DATE),
                new Column("Why", Kind.SENTENCE));
        OrderBook.lines(night, "planned"::equals)
                .forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(7)));
        return lines.of(all, night.query("SELECT *" + from));
    }

    private static void changes(ReportNight night, List<Block> blocks) {
        Optional<LocalDate> before = night.before(OrderBook.PLAN);
        if (before.isEmpty()) {
            blocks.add(new Text("This is the first plan, so there is none to compare it with."));
            return;
        }
        String day = night.formats().date(before.get());
        List<Row> changed = changed(night, before.get());
        if (changed.isEmpty()) {
            blocks.add(new Text("The orders are those of %s.".formatted(day)));
            return;
        }
        Lines lines = Table.of(
                "What changed since " + day + ", the most money first",
                new Column("Product", Kind.TEXT),
                new Column("Site", Kind.TEXT),
                new Column("Then", Kind.QUANTITY),
                new Column("Now", Kind.QUANTITY),
                new Column("Difference", Kind.MONEY),
                new Column("Why", Kind.SENTENCE));
        changed.forEach(row -> {
            Row then = row.isNullAt(2) ? null : row.getStruct(2);
            Row now = row.isNullAt(3) ? null : row.getStruct(3);
            lines.add(row.get(0), row.get(1), quantity(then), quantity(now), row.get(4), why(then, now, night));
        });
        blocks.add(lines.of(
                changed.get(0).getLong(5),
                night.query("SELECT * FROM {gold.reorder_plan} WHERE business_date IN (DATE'%s', :night)"
                                .formatted(before.get())
                        + " ORDER BY product_code, site_code, business_date")));
    }

    /** Rows of product, site, struct then, struct now, difference in value, and how many differ in all. */
    private static List<Row> changed(ReportNight night, LocalDate before) {
        String line =
                "struct(order_quantity, state, supplier_code, reorder_point, order_up_to, held_reason, order_value)";
        return night.rows("""
                SELECT product_code, site_code, then, now, difference, count(*) OVER () AS lines
                FROM (SELECT *, coalesce(now.order_value, 0) - coalesce(then.order_value, 0) AS difference
                      FROM (SELECT product_code, site_code,
                                   max(IF(business_date < :night, %1$s, NULL)) AS then,
                                   max(IF(business_date = :night, %1$s, NULL)) AS now
                            FROM {gold.reorder_plan} WHERE business_date IN (DATE'%2$s', :night)
                            GROUP BY product_code, site_code))
                WHERE coalesce(then.order_quantity, 0) <> coalesce(now.order_quantity, 0)
                   OR then.order_quantity > 0 AND (NOT then.state <=> now.state OR NOT then.supplier_code <=> now.supplier_code)
                ORDER BY abs(difference) DESC, product_code, site_code LIMIT %3$d""".formatted(line, before, ReportNight.MOST));
    }

    private static Object quantity(Row line) {
        return line == null ? null : line.get(0);
    }

    /** What differs in the lines themselves; if nothing does, the quantity follows the position. */
    private static String why(Row then, Row now, ReportNight night) {
        if (then == null) {
            return "The plan of then did not know it.";
        }
        if (now == null) {
            return "Tonight's plan does not know it any more.";
        }
        List<String> parts = new ArrayList<>();
        if (!Objects.equals(then.get(1), now.get(1))) {
            parts.add("%s then, %s now%s"
                    .formatted(then.get(1), now.get(1), now.isNullAt(5) ? "" : ": " + now.getString(5)));
        }
        if (!Objects.equals(then.get(2), now.get(2))) {
            parts.add("supplier %s → %s".formatted(supplier(then), supplier(now)));
        }
        moved("reorder point", then.getDecimal(3), now.getDecimal(3), night, parts);
        moved("order-up-to level", then.getDecimal(4), now.getDecimal(4), night, parts);
        return parts.isEmpty()
                ? "The policy stands; the position moved: stock, reservations or what is under way."
                : String.join("; ", parts);
    }

    private static String supplier(Row line) {
        return line.isNullAt(2) ? "none" : line.getString(2);
    }

    private static void moved(String level, BigDecimal then, BigDecimal now, ReportNight night, List<String> parts) {
        if (then.compareTo(now) != 0) {
            parts.add("%s %s → %s"
                    .formatted(
                            level,
                            night.formats().quantity(then),
                            night.formats().quantity(now)));
        }
    }
}
