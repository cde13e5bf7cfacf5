package io.millrace.nightly.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.tables.RowMaker;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due on the day after the night is on one route each, within load and windows, or it says why not. */
class RoutesTest {

    private static final String NIGHT = "2026-03-01";
    private static final LocalDate DUE = LocalDate.parse("2026-03-02");

    @TempDir
    private Path home;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    private static RowMaker.Draft known(RowMaker.Draft draft) {
        return draft.put("source", "test")
                .put("_extract_id", "test")
                .put("_line", 1L)
                .put("_business_date", LocalDate.parse(NIGHT))
                .put("_known_on", LocalDate.parse(NIGHT));
    }

    private static void site(Lake lake) {
        RowMaker sites = RowMaker.of(lake, "silver.site", LocalDate.parse(NIGHT));
        Row row = known(sites.row()
                        .put("site_code", "MAIN")
                        .put("latitude", 52.5)
                        .put("longitude", 13.4)
                        .put("valid_from", LocalDate.parse(NIGHT))
                        .put("is_current", true))
                .done();
        lake.append("silver.site", lake.rows("silver.site", List.of(row)), new Once("test", 1));
    }

    private static Row shipment(
            RowMaker maker, String code, String site, Double latitude, double demand, String from, String to) {
        return known(maker.row()
                        .put("shipment_code", code)
                        .put("due_date", DUE)
                        .put("site_code", site)
                        .put("latitude", latitude)
                        .put("longitude", 13.4)
                        .put("demand", demand)
                        .put("window_start", from)
                        .put("window_end", to))
                .done();
    }

    /** Twenty that can be delivered, and seven that cannot. */
    private static void shipments(Lake lake) {
        RowMaker maker = RowMaker.of(lake, "silver.shipment", LocalDate.parse(NIGHT));
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String from = i % 2 == 0 ? "08:00" : "13:00";
            String to = i % 2 == 0 ? "12:00" : null;
            rows.add(shipment(
                    maker,
                    "S%02d".formatted(i),
                    "MAIN",
                    52.5 + 0.1 * (random.nextDouble() - 0.5),
                    5 + random.nextInt(20),
                    from,
                    to));
        }
        rows.add(shipment(maker, "X-nowhere", "MAIN", null, 1, null, null));
        rows.add(shipment(maker, "X-heavy", "MAIN", 52.5, 101, null, null));
        rows.add(shipment(maker, "X-night", "MAIN", 52.5, 1, "22:00", "23:00"));
        rows.add(shipment(maker, "X-window", "MAIN", 52.5, 1, "morning", "noon"));
        rows.add(shipment(maker, "X-far", "MAIN", 62.5, 1, null, null));
        rows.add(shipment(maker, "X-site", "NONE", 52.5, 1, null, null));
        rows.add(shipment(maker, "X-siteless", null, 52.5, 1, null, null));
        lake.append("silver.shipment", lake.rows("silver.shipment", rows), new Once("test", 1));
    }

    private Night night(String... sets) {
        return new NightFixture(home, sets).night(NIGHT);
    }

    private static List<Row> routes(Night night) {
        new DecideStage(new Routes()).run(night);
        return night.lake()
                .read("gold.route_stop")
                .orderBy("site_code", "route_no", "stop_no")
                .collectAsList();
    }

    @Test
    void eachShipmentIsOnOneRouteWithinLoadAndWindowOrSaysWhyNot() {
        Night night = night("routes.capacity=100", "routes.zone=Europe/Berlin");
        site(night.lake());
        shipments(night.lake());

        List<Row> rows = routes(night);

        Map<String, String> reasons = new HashMap<>();
        Map<String, Integer> routed = new HashMap<>();
        double load = 0;
        for (Row row : rows) {
            String code = row.getAs("shipment_code");
            if (row.getAs("state").equals("left_out")) {
                reasons.put(code, row.getAs("reason"));
                continue;
            }
            routed.merge(String.valueOf(code), 1, Integer::sum);
            load = row.<java.math.BigDecimal>getAs("load_after").doubleValue();
            assertThat(load).isBetween(0.0, 100.0);
            Instant arrival = row.<java.sql.Timestamp>getAs("arrival_at").toInstant();
            if (code == null) {
                assertThat(load).as("nothing is left at the return").isZero();
                assertThat(arrival).isBefore(Instant.parse("2026-03-02T20:00:00Z"));
            } else if (Integer.parseInt(code.substring(1)) % 2 == 0) {
                assertThat(arrival)
                        .isBetween(Instant.parse("2026-03-02T07:00:00Z"), Instant.parse("2026-03-02T11:00:00Z"));
            } else {
                assertThat(arrival).isAfterOrEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
            }
            assertThat(row.<java.math.BigDecimal>getAs("planned_km"))
                    .isLessThanOrEqualTo(row.<java.math.BigDecimal>getAs("baseline_km"));
        }
        int returns = routed.remove("null");
        assertThat(routed)
                .hasSize(20)
                .allSatisfy((code, times) -> assertThat(times).isEqualTo(1));
        assertThat(returns)
                .isEqualTo(rows.stream()
                        .map(row -> row.<Integer>getAs("route_no"))
                        .filter(no -> no > 0)
                        .distinct()
                        .count());
        assertThat(reasons)
                .containsOnlyKeys("X-nowhere", "X-heavy", "X-night", "X-window", "X-far", "X-site", "X-siteless");
        assertThat(reasons.get("X-nowhere")).contains("no coordinates");
        assertThat(reasons.get("X-heavy")).contains("101 is more than a vehicle takes, 100");
        assertThat(reasons.get("X-night")).contains("22:00 to 23:00 is closed while vehicles are out");
        assertThat(reasons.get("X-window")).contains("'morning' to 'noon' is no time of day");
        assertThat(reasons.get("X-far")).contains("too late");
        assertThat(reasons.get("X-site")).contains("nobody knows where its site is");
        assertThat(reasons.get("X-siteless")).contains("nobody knows where its site is");
        assertThat(routes(night)).as("the same night again").isEqualTo(rows);
    }

    @Test
    void whereVehiclesAreTooFewTheyTakeWhatTheyCan() {
        Night night = night("routes.capacity=100", "routes.vehicles=1");
        site(night.lake());
        shipments(night.lake());

        List<Row> rows = routes(night);

        assertThat(rows.stream().map(row -> row.<Integer>getAs("route_no"))).containsOnly(0, 1);
        assertThat(rows.stream().filter(row -> row.<String>getAs("reason").contains("no vehicle is left")))
                .isNotEmpty();
        assertThat(rows.stream().filter(row -> row.getAs("shipment_code") != null))
                .hasSize(27);
        assertThat(routes(night("routes.vehicles=1"))).as("no fleet is known").isEmpty();
    }
}
