package io.millrace.nightly.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.anomaly.StrangeCases.Search;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectsTest {

    private static final LocalDate DATE = LocalDate.parse("2026-03-01");

    @TempDir
    private Path home;

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<Row> rows = new ArrayList<>();
    private Lake lake;

    @BeforeEach
    void lake() {
        TestLake.get();
        lake = new NightFixture(home).night(DATE.toString()).lake();
    }

    /** A delivered row of a table, with what {@code says} says. */
    private void add(String table, Consumer<RowMaker.Draft> says) {
        RowMaker.Draft draft = RowMaker.of(lake, table, DATE)
                .row()
                .put("source", "test")
                .put("_extract_id", "test")
                .put("_line", (long) rows.size())
                .put("_business_date", DATE)
                .put("_known_on", DATE);
        if (List.of(lake.schema(table).fieldNames()).contains("valid_from")) {
            draft.put("valid_from", LocalDate.parse("2025-01-01")).put("is_current", true);
        }
        says.accept(draft);
        rows.add(draft.done());
    }

    private void append(String table) {
        lake.append(table, lake.rows(table, rows), new Once("test " + table, 1));
        rows.clear();
    }

    /** Code → the strange fields that are furthest from what is usual, of a subject with a small budget. */
    private Map<String, String> strange(Subject subject) {
        Map<String, String> strange = new TreeMap<>();
        try (NightTables in = NightTables.latest(lake, DATE, subject.tables())) {
            JavaRDD<Case> cases = in.cached(subject.cases(in).filter(Case::isComparable));
            StrangeCases found = StrangeCases.among(
                    cases,
                    cases.count(),
                    new Search(
                            DATE.minusDays(27).atStartOfDay().toInstant(ZoneOffset.UTC),
                            0.5,
                            42,
                            StrangeCases.MOST_HERE));
            found.runs(subject.apart()).forEach(run -> {
                Case peak = Anomalies.peak(run).what();
                int field = Anomalies.fields(found.detector(), peak).get(0);
                strange.put(
                        peak.code(),
                        "%s %.1f %.1f"
                                .formatted(
                                        subject.fields().get(field), peak.observed()[field], peak.expected()[field]));
            });
        }
        return strange;
    }

    private double about(double usual) {
        return usual * Math.exp(0.3 * random.nextGaussian());
    }

    private static BigDecimal units(double value) {
        return BigDecimal.valueOf(Math.max(1, Math.round(value)));
    }

    @Test
    void aDeliveryOfAStrangeLoadAndOneToAStrangePlaceAreFound() {
        add("silver.site", d -> d.put("site_code", "W").put("latitude", 52.0).put("longitude", 10.0));
        append("silver.site");
        for (int i = 0; i < 400; i++) {
            int n = i;
            int customer = i % 20;
            double load = i == 390 ? 4_000 : about(20 + customer);
            double latitude = 52 + 0.02 * (1 + customer);
            double longitude = 10 + 0.03 * (1 + customer % 7);
            boolean isSwapped = i == 395;
            add(
                    "silver.shipment",
                    d -> d.put("shipment_code", "S" + n)
                            .put("due_date", DATE.plusDays(2).minusDays((400 - n) / 8))
                            .put("site_code", "W")
                            .put("customer_code", "C" + customer)
                            .put("latitude", isSwapped ? longitude : latitude)
                            .put("longitude", isSwapped ? latitude : longitude)
                            .put("demand", units(load))
                            .put("window_start", "08:00")
                            .put("window_end", customer % 3 == 0 ? "12:00" : "18:00"));
        }
        append("silver.shipment");
        Map<String, String> strange = strange(new Deliveries());
        assertThat(strange).containsKeys("test S390", "test S395").hasSizeLessThanOrEqualTo(3);
        assertThat(strange.get("test S390")).startsWith("the load in kg 4000.0 ");
        assertThat(strange.get("test S395")).startsWith("the km from the site ");
    }

    @Test
    void aMovementInAnotherUnitAndOneTheWrongWayAreFoundAndALargeSaleIsNone() {
        for (int i = 0; i < 400; i++) {
            int n = i;
            double quantity = -about(24 + i % 10) * (i == 380 ? 100 : i == 385 ? -1 : 1);
            boolean isSale = i == 390;
            add(
                    "silver.stock_move",
                    d -> d.put("move_no", "M" + n)
                            .put("product_code", "P" + n % 10)
                            .put("site_code", "W")
                            .put("move_date", DATE.minusDays((400 - n) / 8))
                            .put("quantity", isSale ? units(9_000).negate() : BigDecimal.valueOf(Math.round(quantity)))
                            .put("move_type", isSale ? "sale" : "transfer"));
        }
        append("silver.stock_move");
        Map<String, String> strange = strange(new StockMoves());
        assertThat(strange).containsKeys("test M380", "test M385").hasSizeLessThanOrEqualTo(3);
        assertThat(strange.get("test M380")).startsWith("the quantity moved 2");
        assertThat(strange.get("test M385")).isEqualTo("the direction (1 in, -1 out) 1.0 -1.0");
    }

    @Test
    void aWeekOfStrangeDemandAndAProductThatFellSilentAreFound() {
        // 52 weeks that end on the first of March, a Sunday.
        for (int week = 0; week < 52; week++) {
            LocalDate day = DATE.minusDays(7L * week + 3);
            for (int product = 0; product < 15; product++) {
                int p = product;
                int w = week;
                double quantity = p == 3 && w == 1 ? 600 : about(20 + 2 * p);
                if (p == 7 && w < 4) {
                    continue;
                }
                add(
                        "silver.sales_line",
                        d -> d.put("order_no", p + "-" + w)
                                .put("line_no", "1")
                                .put("order_date", day)
                                .put("product_code", "P" + p)
                                .put("site_code", "W")
                                .put("quantity", units(quantity))
                                .put("status", "done"));
            }
        }
        append("silver.sales_line");
        Map<String, String> strange = strange(new WeeklyDemand());
        assertThat(strange).containsKeys("P3", "P7").hasSizeLessThanOrEqualTo(3);
        assertThat(strange.get("P3")).startsWith("the demand of the week 600.0 ");
        assertThat(strange.get("P7")).contains(" 0.0 ");
    }
}
