package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WarehousesTest {

    private static final Company COMPANY = DemoFiles.DELIVERY.company();
    private static final Warehouses STOCK = COMPANY.warehouses();
    private static final int LAST = COMPANY.options().lastDay();

    @Test
    void levelsAreYesterdaysLevelsPlusTodaysMoves() {
        Map<List<Integer>, Integer> moved = COMPANY.warehouses().moves().stream()
                .collect(Collectors.groupingBy(
                        m -> List.of(m.product(), m.site(), m.day()), Collectors.summingInt(StockMove::quantity)));
        assertThat(moved).hasSizeGreaterThan(1000);
        for (ReorderRule rule : COMPANY.rules()) {
            for (int day = STOCK.firstDayKept() + 1; day <= LAST; day++) {
                int moves = moved.getOrDefault(List.of(rule.product(), rule.site(), day), 0);
                assertThat(STOCK.onHand(rule.product(), rule.site(), day))
                        .isEqualTo(STOCK.onHand(rule.product(), rule.site(), day - 1) + moves)
                        .isNotNegative();
            }
        }
    }

    @Test
    void movesAreTheDoneSalesReturnsAndReceiptsOfTheFiles() {
        LocalDate first = DemoFiles.DATE.minusDays(Warehouses.DAYS_KEPT - 1L);
        Map<String, Integer> moved = STOCK.moves().stream()
                .collect(Collectors.groupingBy(StockMove::type, Collectors.summingInt(StockMove::quantity)));
        int received = DemoFiles.table("purchase_line.csv").stream()
                .filter(p -> p.get("received_date") != null
                        && !LocalDate.parse(p.get("received_date")).isBefore(first))
                .mapToInt(p -> Integer.parseInt(p.get("received_quantity")))
                .sum();
        int returned = DemoFiles.GOOD_SALES.stream()
                .filter(r -> r.get("order_no").startsWith("SR")
                        && !LocalDate.parse(r.get("order_date")).isBefore(first))
                .mapToInt(r -> -Integer.parseInt(r.get("quantity")))
                .sum();
        assertThat(moved).containsEntry("receipt", received).containsEntry("return", returned);
        Map<String, Integer> sold = units(r -> r.get("status").equals("done"));
        STOCK.moves().stream().filter(m -> m.type().equals("sale")).forEach(m -> {
            String key = m.reference() + COMPANY.market().productCode(m.product());
            assertThat(sold.get(key)).isEqualTo(-m.quantity());
        });
    }

    private static Map<String, Integer> units(java.util.function.Predicate<Map<String, String>> which) {
        Map<String, Integer> units = new HashMap<>();
        DemoFiles.GOOD_SALES.stream()
                .filter(which)
                .forEach(r -> units.merge(
                        r.get("order_no") + r.get("product_code"), Integer.valueOf(r.get("quantity")), Integer::sum));
        return units;
    }

    @Test
    void reservedIsWhatOpenLinesHoldAndIncomingWhatOpenOrdersBring() {
        int open = DemoFiles.GOOD_SALES.stream()
                .filter(r ->
                        r.get("status").equals("open") && !r.get("product_code").equals("P-POST"))
                .mapToInt(r -> Integer.parseInt(r.get("quantity")))
                .sum();
        int ordered = DemoFiles.table("purchase_line.csv").stream()
                .filter(p -> p.get("status").equals("open"))
                .mapToInt(p -> Integer.parseInt(p.get("quantity")))
                .sum();
        assertThat(open).isPositive();
        assertThat(ordered).isPositive();
        assertThat(COMPANY.rules().stream()
                        .mapToInt(r -> STOCK.reserved(r.product(), r.site(), LAST))
                        .sum())
                .isEqualTo(open);
        assertThat(COMPANY.rules().stream()
                        .mapToInt(r -> STOCK.incoming(r.product(), r.site(), LAST))
                        .sum())
                .isEqualTo(ordered);
    }

    @Test
    void theRulesAreFollowedEveryEvening() {
        long watched = 0;
        for (ReorderRule rule : COMPANY.rules()) {
            Product.Demand demand =
                    COMPANY.market().products().get(rule.product()).demand();
            if (demand.endDay() == Integer.MAX_VALUE && demand.firstDay() <= 0) {
                int available = STOCK.onHand(rule.product(), rule.site(), LAST)
                        - STOCK.reserved(rule.product(), rule.site(), LAST);
                assertThat(available + STOCK.incoming(rule.product(), rule.site(), LAST))
                        .isGreaterThan(rule.point());
                watched++;
            }
        }
        assertThat(watched).isGreaterThan(60);
    }

    @Test
    void someDemandIsLostAndMostIsServed() {
        double asked = 0;
        double lost = 0;
        for (ReorderRule rule : COMPANY.rules()) {
            asked += COMPANY.demand().asked(rule.product(), rule.site());
            lost += COMPANY.demand().lost(rule.product(), rule.site());
        }
        assertThat(lost / asked).isBetween(0.01, 0.15);
        assertThat(ChronoUnit.DAYS.between(
                                COMPANY.options().firstDay(), COMPANY.options().date())
                        + 1)
                .isGreaterThan(DemandLedger.DAYS);
    }

    @Test
    void aDayWithoutKeptLevelsIsRefused() {
        assertThatThrownBy(() -> STOCK.onHand(0, 0, STOCK.firstDayKept() - 1)).hasMessageContaining("ask for days");
    }
}
