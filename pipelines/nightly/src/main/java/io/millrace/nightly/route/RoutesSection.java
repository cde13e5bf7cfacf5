package io.millrace.nightly.route;

import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Command;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Level;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Notice;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Where the vehicles go, and what is left at the door. */
final class RoutesSection implements Section {

    private static final String STOPS = "gold.route_stop";

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public String title() {
        return "Where the vehicles go";
    }

    @Override
    public List<String> reads() {
        return List.of(STOPS);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> routes = night.has(STOPS) ? routes(night) : List.of();
        if (routes.isEmpty()) {
            return List.of(new Text("No route is planned. " + night.state().missing("decide-routes")));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(figures(night, routes));
        Lines lines = Table.of(
                "Routes",
                new Column("Day", Kind.DATE),
                new Column("Site", Kind.TEXT),
                new Column("Vehicle", Kind.TEXT),
                new Column("Shipments", Kind.COUNT),
                new Column("Kilometres", Kind.QUANTITY),
                new Column("First stop (UTC)", Kind.TIME),
                new Column("Back (UTC)", Kind.TIME));
        List<Row> driven = routes.stream().filter(r -> r.getInt(2) > 0).toList();
        driven.stream()
                .limit(ReportNight.MOST)
                .forEach(r -> lines.add(r.get(0), r.get(1), r.get(3), r.get(4), r.get(5), r.get(6), r.get(7)));
        blocks.add(lines.of(driven.size(), ""));
        blocks.add(new Command(
                "Stop by stop:",
                "./millrace sql \"%s\""
                        .formatted(night.query("SELECT * FROM {gold.route_stop} WHERE business_date = :night"
                                + " ORDER BY site_code, route_no, stop_no"))));
        routes.stream()
                .filter(r -> r.getInt(2) == 0)
                .forEach(r -> blocks.add(new Notice(
                        Level.CARE,
                        "%s: %s on no route, for instance %s"
                                .formatted(
                                        r.getString(1),
                                        r.getLong(4) == 1
                                                ? "one shipment is"
                                                : night.formats().count(r.getLong(4)) + " shipments are",
                                        r.getString(10)))));
        return blocks;
    }

    /** A row for each route; route 0 of a site is what is on none. */
    private static List<Row> routes(ReportNight night) {
        return night.rows("""
                SELECT due_date, site_code, route_no, min(vehicle_code), count(shipment_code), sum(distance_km), min(arrival_at),
                       max(arrival_at), max(planned_km), max(baseline_km), min(concat(shipment_code, ': ', reason))
                FROM {gold.route_stop} WHERE business_date = :night
                GROUP BY due_date, site_code, route_no""").stream()
                .sorted(Comparator.comparing((Row row) -> row.getDate(0))
                        .thenComparing(row -> row.getString(1))
                        .thenComparing(row -> row.getInt(2)))
                .toList();
    }

    private static Figures figures(ReportNight night, List<Row> routes) {
        double planned = ofSites(routes, 8);
        double baseline = ofSites(routes, 9);
        return Figures.of(
                new Figure(
                        "Routes",
                        night.formats()
                                .count(routes.stream()
                                        .filter(r -> r.getInt(2) > 0)
                                        .count()),
                        ""),
                new Figure("Kilometres", night.formats().quantity(planned), ""),
                new Figure(
                        "As savings would draw them",
                        night.formats().quantity(baseline),
                        planned < baseline
                                ? "%s shorter as planned"
                                        .formatted(night.formats().share(1 - planned / baseline))
                                : ""));
    }

    /** Every row of a site carries the length of all its routes. */
    private static double ofSites(List<Row> routes, int column) {
        return routes.stream()
                .filter(r -> !r.isNullAt(column))
                .collect(Collectors.toMap(
                        r -> r.getString(1), r -> r.getDecimal(column).doubleValue(), Math::max))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
