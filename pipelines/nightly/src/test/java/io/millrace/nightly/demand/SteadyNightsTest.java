package io.millrace.nightly.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.score.ScoreStage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights after each other on one lake: what moves, what stands, and what the reason says of it. */
class SteadyNightsTest {

    /** A Sunday. */
    private static final LocalDate SUNDAY = LocalDate.parse("2026-03-01");

    @TempDir
    private Path home;

    private NightFixture shop;
    private Lake lake;

    @BeforeEach
    void aLake() {
        TestLake.get();
        shop = new NightFixture(home, "forecast.horizon=8");
        lake = shop.night(SUNDAY.toString()).lake();
        List<Row> sales = new ArrayList<>();
        for (int day = -140; day <= 0; day++) {
            sales.add(sale("DAILY", day, 3 + Math.floorMod(day * 7, 5)));
            if (Math.floorMod(day, 20) == 0) {
                sales.add(sale("SELDOM", day, 4));
            }
        }
        sales.add(sale("ONCE", -60, 6));
        sales.add(sale("TODAY", 3, 10));
        sales.add(sale("DAILY", 8, 60));
        lake.appendRows("silver.sales_line", sales, new Once("test", 1));
    }

    private Row sale(String product, int day, double units) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "source",
                "shop",
                "order_no",
                product + day,
                "line_no",
                "1",
                "order_date",
                Date.valueOf(SUNDAY.plusDays(day)),
                "_known_on",
                Date.valueOf(SUNDAY.plusDays(day)),
                "product_code",
                product,
                "site_code",
                "S",
                "quantity",
                BigDecimal.valueOf(units).setScale(3)));
        values.put("status", "done");
        values.put("_extract_id", "test");
        values.put("_line", 1L);
        values.put("_business_date", Date.valueOf(SUNDAY));
        return RowFactory.create(lake.contracts().get("silver.sales_line").columns().stream()
                .map(column -> values.get(column.name()))
                .toArray());
    }

    private Map<String, Double> totals(int day) {
        Night night = shop.night(SUNDAY.plusDays(day).toString());
        new ScoreStage(new DemandForecast()).run(night);
        Map<String, Double> totals = new HashMap<>();
        lake.read("gold.demand_forecast")
                .filter("business_date = DATE'" + SUNDAY.plusDays(day) + "'")
                .groupBy("product_code")
                .sum("mean")
                .collectAsList()
                .forEach(row -> totals.put(row.getString(0), row.getDouble(1)));
        return totals;
    }

    private Row first(String product, int day) {
        return lake.read("gold.demand_forecast")
                .filter("business_date = DATE'" + SUNDAY.plusDays(day) + "' AND product_code = '" + product
                        + "' AND step = 1")
                .selectExpr("shares", "reason", "cumulative_sd", "demand_class", "mean")
                .first();
    }

    @Test
    void aNightWithoutNewsChangesNothingAndAClosedWeekIsSaid() {
        Map<String, Double> sunday = totals(0);
        Map<String, Double> wednesday = totals(3);
        Map<String, Double> saturday = totals(6);
        for (String product : List.of("DAILY", "SELDOM", "ONCE")) {
            assertThat(wednesday.get(product))
                    .as(product)
                    .isCloseTo(sunday.get(product), within(0.02 * sunday.get(product)));
            assertThat(first(product, 6).getString(0))
                    .isEqualTo(first(product, 0).getString(0));
        }
        assertThat(saturday.get("TODAY")).as("sold in the open week alone").isPositive();
        assertThat(first("ONCE", 6).getString(3)).isEqualTo("rare");
        assertThat(first("DAILY", 0).getDouble(2)).isPositive();

        // The week in which DAILY did not sell is closed: it falls, and the reason says from what to what.
        Map<String, Double> later = totals(7);
        assertThat(later.get("DAILY")).isLessThan(saturday.get("DAILY"));
        assertThat(first("DAILY", 7).getString(1)).contains("units in all, ").contains(" the last time");
        assertThat(first("DAILY", 6).getString(1)).doesNotContain("the last time");
    }
}
