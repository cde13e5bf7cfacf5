package io.millrace.nightly.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.score.ScoreStage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerValueTest {

    private static final LocalDate NIGHT = LocalDate.parse("2026-03-01");
    private static final int CUSTOMERS = 120;

    @TempDir
    private Path home;

    private NightFixture shop;
    private Lake lake;
    private int orders;

    @BeforeEach
    void aLake() {
        TestLake.get();
        shop = new NightFixture(home, "value.horizon=91d");
        lake = shop.night(NIGHT.toString()).lake();
    }

    /** A line of a delivered order on a day of the year before the night. */
    private Row line(String customer, int day, String quantity, String amount, String status) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "source",
                "shop",
                "order_no",
                "O" + orders++,
                "line_no",
                "1",
                "order_date",
                Date.valueOf(NIGHT.minusDays(365 - day)),
                "_known_on",
                Date.valueOf(NIGHT.minusDays(365 - day)),
                "product_code",
                "P",
                "quantity",
                new BigDecimal(quantity).setScale(3),
                "amount",
                new BigDecimal(amount).setScale(2),
                "status",
                status));
        values.put("customer_code", customer);
        values.put("_extract_id", "test");
        values.put("_line", 1L);
        values.put("_business_date", Date.valueOf(NIGHT));
        return row("silver.sales_line", values);
    }

    private Row row(String table, Map<String, Object> values) {
        return RowFactory.create(lake.contracts().get(table).columns().stream()
                .map(column -> values.get(column.name()))
                .toArray());
    }

    /** Customers who buy every ten days or so, half of whom stop after half a year. */
    private List<Row> sales() {
        SplittableRandom random = new SplittableRandom(4);
        List<Row> sales = new ArrayList<>();
        for (int c = 0; c < CUSTOMERS; c++) {
            int end = c % 2 == 0 ? 366 : 180;
            for (int day = random.nextInt(20); day < end; day += 4 + random.nextInt(13)) {
                sales.add(line("C%03d".formatted(c), day, "2", "20", "done"));
            }
        }
        return sales;
    }

    private Map<String, Row> valued(Night night) {
        Map<String, Row> byCustomer = new HashMap<>();
        night.lake()
                .read("gold.customer_value")
                .filter("business_date = DATE'" + night.date() + "'")
                .collectAsList()
                .forEach(row -> byCustomer.put(row.getAs("customer_code"), row));
        return byCustomer;
    }

    @Test
    void whoStillBuysIsWorthMoreAndReturnsAndCancelledLinesAreNoPurchases() {
        List<Row> sales = sales();
        sales.add(line("GIVES_BACK", 300, "-1", "-10", "done"));
        sales.add(line("CANCELS", 300, "1", "10", "cancelled"));
        sales.add(line("", 300, "1", "10", "done"));
        sales.add(line(null, 300, "1", "10", "done"));
        sales.add(line("ONCE", 1, "1", "10", "done"));
        sales.add(line("ONCE", 1, "3", "30", "open"));
        sales.add(line("TOMORROW", 366, "1", "10", "open"));
        lake.appendRows("silver.sales_line", sales, new Once("test", 1));

        Night night = shop.night(NIGHT.toString());
        Stage.Outcome outcome = new ScoreStage(new CustomerValue()).run(night);
        Map<String, Row> valued = valued(night);

        assertThat(outcome.note()).contains("121 scores", "bg_nbd r ", "amounts p ", "share as usual");
        assertThat(valued)
                .hasSize(CUSTOMERS + 1)
                .containsKey("ONCE")
                .doesNotContainKeys("GIVES_BACK", "CANCELS", "TOMORROW");
        Row there = valued.get("C000");
        Row gone = valued.get("C001");
        Row once = valued.get("ONCE");
        assertThat(there.<Double>getAs("probability_alive")).isGreaterThan(0.9);
        assertThat(gone.<Double>getAs("probability_alive")).isLessThan(0.1);
        assertThat(there.<Double>getAs("expected_purchases")).isBetween(6.0, 13.0);
        assertThat(gone.<Double>getAs("expected_purchases")).isLessThan(1);
        assertThat(there.<BigDecimal>getAs("order_value").doubleValue()).isCloseTo(20, within(0.5));
        assertThat(there.<Integer>getAs("horizon_days")).isEqualTo(91);
        assertThat(once.<String>getAs("reason"))
                .isEqualTo(
                        "bought 1 times since 2025-03-02, last 364 days ago, for 40.00 on average; 0 in the last 91 days");
        // Nothing is known of the cost: the margin is the one that is configured.
        assertThat(there.<Double>getAs("margin_share")).isCloseTo(0.35, within(1e-9));
        assertThat(there.<BigDecimal>getAs("expected_margin").doubleValue())
                .isCloseTo(0.35 * there.<BigDecimal>getAs("expected_sales").doubleValue(), within(0.01));

        new ScoreStage(new CustomerValue()).run(night);
        assertThat(valued(night)).as("the same night again").isEqualTo(valued);
    }

    @Test
    void marginIsWhatCostPricesLeaveLessReturns() {
        lake.appendRows(
                "silver.product",
                List.of(row(
                        "silver.product",
                        new HashMap<>(Map.of(
                                "product_code",
                                "P",
                                "cost_price",
                                new BigDecimal("4.0000"),
                                "valid_from",
                                Date.valueOf("2020-01-01"),
                                "is_current",
                                true,
                                "source",
                                "shop",
                                "_extract_id",
                                "test",
                                "_line",
                                1L,
                                "_business_date",
                                Date.valueOf("2020-01-01"))))),
                new Once("test", 2));
        List<Row> sales = sales();
        sales.add(line("C000", 364, "-4", "-40", "done"));
        lake.appendRows("silver.sales_line", sales, new Once("test", 1));
        Night night = shop.night(NIGHT.toString());
        new ScoreStage(new CustomerValue()).run(night);
        Map<String, Row> valued = valued(night);
        assertThat(valued.get("C002").<Double>getAs("margin_share")).isCloseTo(0.6, within(0.01));
        assertThat(valued.get("C000").<Double>getAs("margin_share")).isBetween(0.5, 0.59);
    }

    @Test
    void aCompanyOfTooFewIsToldWhy() {
        lake.appendRows(
                "silver.sales_line",
                List.of(
                        line("A", 1, "1", "5", "done"),
                        line("A", 60, "1", "5", "done"),
                        line("B", 9, "1", "5", "done")),
                new Once("test", 1));
        Night night = shop.night(NIGHT.toString());
        assertThat(new ScoreStage(new CustomerValue()).run(night).note())
                .isEqualTo(
                        "0 scores; no customer is valued yet: 1 of 2 customers bought on more than one day, and at least 20 are needed");
        assertThat(valued(night)).isEmpty();
    }
}
