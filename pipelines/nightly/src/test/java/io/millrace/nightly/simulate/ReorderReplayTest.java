package io.millrace.nightly.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.contracts.ColumnContract;
import io.millrace.decisions.replay.ReplayPolicy;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay over a lake of three products: one with a rule, a shelf and purchases, one without, and one that nobody stocks. */
class ReorderReplayTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final LocalDate END = FIRST.plusDays(42);

    @TempDir
    private Path home;

    private NightFixture shop;
    private Lake lake;
    private long writes;

    @BeforeEach
    void aLake() {
        TestLake.get();
        shop = new NightFixture(home, "forecast.horizon=8", "reorder.default-lead-time=5");
        lake = shop.night(FIRST.toString()).lake();
        List<Row> sales = new ArrayList<>();
        for (int day = -70; day <= 42; day++) {
            sales.add(sale("RULED", day, 4 + Math.floorMod(day, 3)));
            if (day % 3 == 0) {
                sales.add(sale("FREE", day, 2));
            }
            sales.add(sale("SERVICE", day, 1));
        }
        append("silver.sales_line", sales);
        append("silver.product", List.of(product("RULED", true), product("FREE", true), product("SERVICE", false)));
        append(
                "silver.reorder_rule",
                List.of(row(
                        "silver.reorder_rule",
                        Map.of("product_code", "RULED", "reorder_point", decimal(20), "order_up_to", decimal(50)))));
        append("silver.stock_level", List.of(stock(-3, 31), stock(0, 33), stock(4, 0), stock(5, 40)));
        append(
                "silver.supplier_product",
                List.of(row(
                        "silver.supplier_product",
                        Map.of("supplier_code", "V", "product_code", "RULED", "lead_time_days", 4.0))));
        append("silver.purchase_line", List.of(purchase("1", -40, -36, -34), purchase("2", 10, 14, 22)));
    }

    private Row sale(String product, int day, double units) {
        return row(
                "silver.sales_line",
                Map.of(
                        "order_no",
                        product + day,
                        "line_no",
                        "1",
                        "order_date",
                        Date.valueOf(FIRST.plusDays(day)),
                        "_known_on",
                        Date.valueOf(FIRST.plusDays(day)),
                        "product_code",
                        product,
                        "quantity",
                        decimal(units),
                        "status",
                        "done"));
    }

    private Row product(String code, boolean stocked) {
        return row(
                "silver.product",
                Map.of(
                        "product_code",
                        code,
                        "list_price",
                        new BigDecimal("10.0000"),
                        "cost_price",
                        new BigDecimal("6.0000"),
                        "is_stocked",
                        stocked,
                        "is_active",
                        true,
                        "valid_from",
                        Date.valueOf(FIRST),
                        "is_current",
                        true));
    }

    private Row stock(int day, double units) {
        return row(
                "silver.stock_level",
                Map.of(
                        "product_code", "RULED",
                        "snapshot_date", Date.valueOf(FIRST.plusDays(day)),
                        "on_hand", decimal(units)));
    }

    private Row purchase(String number, int ordered, int promised, int received) {
        return row(
                "silver.purchase_line",
                Map.of(
                        "order_no",
                        number,
                        "line_no",
                        "1",
                        "order_date",
                        Date.valueOf(FIRST.plusDays(ordered)),
                        "_known_on",
                        Date.valueOf(FIRST.plusDays(ordered)),
                        "promised_date",
                        Date.valueOf(FIRST.plusDays(promised)),
                        "received_date",
                        Date.valueOf(FIRST.plusDays(received)),
                        "supplier_code",
                        "V",
                        "product_code",
                        "RULED",
                        "quantity",
                        decimal(30),
                        "status",
                        "done"));
    }

    private static BigDecimal decimal(double units) {
        return BigDecimal.valueOf(units).setScale(3);
    }

    private void append(String table, List<Row> rows) {
        lake.appendRows(table, rows, new Once("test", ++writes));
    }

    private Row row(String table, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "source",
                "test",
                "_extract_id",
                "test",
                "_line",
                1L,
                "_business_date",
                Date.valueOf(FIRST),
                "_known_on",
                Date.valueOf(FIRST),
                "site_code",
                "S"));
        all.putAll(values);
        return RowFactory.create(lake.contracts().get(table).columns().stream()
                .map(ColumnContract::name)
                .map(all::get)
                .toArray());
    }

    private ReplayResult replay() {
        List<LocalDate> dates = new ArrayList<>();
        for (LocalDate date = FIRST; date.isBefore(END); date = date.plusWeeks(1)) {
            dates.add(date);
        }
        return new ReorderReplay(lake, shop.settings()).run(dates, END);
    }

    @Test
    void policiesLiveThroughTheSameDays() {
        ReplayResult result = replay();
        assertThat(result.items()).as("a service is not stocked").isEqualTo(2);
        assertThat(result.policies()).extracting(PolicyTotals::policy).containsExactly(ReplayPolicy.values());
        assertThat(result.yardstick()).isEqualTo(ReplayPolicy.ERP_BEFORE);
        assertThat(result.itemsWithRule()).isOne();
        assertThat(result.itemsWithStock()).isOne();
        ItemLine ruled = line(result, "RULED", ReplayPolicy.ERP_BEFORE);
        assertThat(ruled.startStock())
                .as("what the shelf held on the first date")
                .isEqualTo(33);
        assertThat(ruled.unitCost()).isEqualTo(6);
        assertThat(ruled.demand()).isEqualTo(42 * 5);
        assertThat(line(result, "FREE", ReplayPolicy.ERP_BEFORE).cost())
                .as("without a rule the moving average")
                .isEqualTo(line(result, "FREE", ReplayPolicy.MOVING_AVERAGE).cost());
        double bound =
                result.of(ReplayPolicy.PERFECT_FORESIGHT).orElseThrow().cost().total();
        for (PolicyTotals policy : result.policies()) {
            double sum = result.lines().stream()
                    .filter(l -> l.policy() == policy.policy())
                    .mapToDouble(l -> l.cost().total())
                    .sum();
            assertThat(policy.cost().total()).isCloseTo(sum, within(1e-9)).isGreaterThanOrEqualTo(bound);
            assertThat(Arrays.stream(policy.costs()).sum()).isCloseTo(sum, within(1e-9));
        }
        assertThat(result.of(ReplayPolicy.CLASSICAL).orElseThrow().modelPrice().total())
                .isPositive();
        assertThat(result.savings().keySet())
                .containsExactly(ReplayPolicy.ERP_BEFORE, ReplayPolicy.MOVING_AVERAGE, ReplayPolicy.MOVING_AVERAGE_EOQ);
        assertThat(replay().lines()).as("the same again").isEqualTo(result.lines());
    }

    /** Ordered on the first date (30 at a position of 20 or below), the real purchases of that time took six and twelve days. */
    @Test
    void anEmptyShelfIsNamedAndRealLeadTimesAreUsed() {
        ReplayResult result = replay();
        assertThat(result.daysSeen()).isEqualTo(2);
        assertThat(result.daysEmpty()).isOne();
        double units = 42 * 5 + 14 * 2;
        assertThat(result.censoredShare()).isCloseTo((4 + Math.floorMod(4, 3)) / units, within(1e-9));
        // 33 and 5 a day; the second date finds less than 20 and orders, which takes the twelve days of the nearer
        // purchase.
        assertThat(line(result, "RULED", ReplayPolicy.ERP_BEFORE).missed()).isGreaterThan(40);
    }

    private static ItemLine line(ReplayResult result, String product, ReplayPolicy policy) {
        return result.lines().stream()
                .filter(l -> l.product().equals(product) && l.policy() == policy)
                .findFirst()
                .orElseThrow();
    }
}
