package io.millrace.nightly.route;

import io.millrace.nightly.decide.Decided;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Draws the routes of the day after the business date, each site by itself and several at a time on executors. */
public final class Routes implements Decision {

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public String about() {
        return "draw tomorrow's delivery routes";
    }

    @Override
    public List<String> decidesFrom() {
        return List.of("silver.shipment", "silver.site");
    }

    @Override
    public String decides() {
        return "gold.route_stop";
    }

    @Override
    public List<String> key() {
        return List.of("due_date", "site_code", "route_no", "stop_no");
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.routes() + " " + settings.seed();
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new RoutesSection());
    }

    @Override
    public Decided decide(NightTables in, Settings settings, RowMaker out) {
        if (settings.routes().capacity() == null) {
            return Decided.of(in, decides(), 0, List.of(), Map.of(), "routes.capacity is not set: no routes");
        }
        LocalDate due = in.date().plusDays(1);
        Dataset<Row> sites = in.sql("""
                SELECT coalesce(s.site_code, '') AS site_code, any_value(w.latitude) AS latitude, any_value(w.longitude) AS longitude,
                       collect_list(struct(s.shipment_code, s.latitude, s.longitude, s.demand, s.window_start, s.window_end)) AS shipments
                FROM {silver.shipment} s LEFT JOIN {silver.site} w ON w.site_code = s.site_code
                WHERE s.due_date = DATE'%s' GROUP BY 1""".formatted(due));
        SiteRoutes planner =
                new SiteRoutes(Fleet.of(settings.routes(), settings.seed()), due, "routes-ants " + CodeVersion.get());
        List<Row> rows = out.flatMap(sites, site -> planner.plan(site, out).iterator()).collectAsList().stream()
                .sorted(Comparator.<Row, String>comparing(row -> row.getAs("site_code"))
                        .thenComparing(row -> row.<Integer>getAs("route_no"))
                        .thenComparing(row -> row.<Integer>getAs("stop_no")))
                .toList();
        return Decided.of(
                in,
                decides(),
                rows.stream().filter(row -> row.getAs("shipment_code") != null).count(),
                rows,
                Map.of(),
                note(rows, due));
    }

    private static String note(List<Row> rows, LocalDate due) {
        if (rows.isEmpty()) {
            return "no shipment is due on " + due;
        }
        List<Row> last =
                rows.stream().filter(row -> row.getAs("shipment_code") == null).toList();
        // Each row of a site says the same of all its routes.
        Map<String, Row> bySite =
                last.stream().collect(Collectors.toMap(row -> row.<String>getAs("site_code"), row -> row, (a, b) -> a));
        long left = rows.stream()
                .filter(row -> row.getAs("state").equals("left_out"))
                .count();
        return String.format(
                Locale.ROOT,
                "%,d routes of %,.0f km from %,d sites, %,.0f km as savings would draw them%s",
                last.size(),
                sum(bySite, "planned_km"),
                bySite.size(),
                sum(bySite, "baseline_km"),
                left == 0 ? "" : "; %,d shipments are on no route".formatted(left));
    }

    private static double sum(Map<String, Row> rows, String column) {
        return rows.values().stream()
                .mapToDouble(row -> row.<java.math.BigDecimal>getAs(column).doubleValue())
                .sum();
    }
}
