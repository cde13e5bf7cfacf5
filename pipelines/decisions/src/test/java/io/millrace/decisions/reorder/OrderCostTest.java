package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.decisions.inventory.EconomicOrderQuantity;
import io.millrace.decisions.reorder.OrderCost.Habit;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OrderCostTest {

    private static final double WEEKS_A_YEAR = 365 / 7.0;

    @Test
    void theLotThatWasBoughtIsTheEconomicOneAtTheCostThatItImplies() {
        OrderCost cost = OrderCost.implied(List.of(new Habit(20, 2, 120)));
        assertThat(new EconomicOrderQuantity(cost.amount(), 20 * WEEKS_A_YEAR, 2).quantity())
                .as("to two digits of the cost")
                .isCloseTo(120, Percentage.withPercentage(2.5));
        assertThat(cost.sentence())
                .isEqualTo(
                        "an order line counts as 14.00, the cost at which the lots that were bought of 1 products are economic");
    }

    @Test
    void itIsTheMedianOfTheProductsThatWereBought() {
        OrderCost cost = OrderCost.implied(
                List.of(new Habit(20, 2, 120), new Habit(20, 2, 60), new Habit(20, 2, 100_000), new Habit(5000, 9, 0)));
        assertThat(cost.amount()).isEqualTo(14);
    }

    @Test
    void withoutPurchasesFourWeeksAreTheMedianProductsLot() {
        OrderCost cost = OrderCost.implied(List.of(new Habit(20, 2, 0), new Habit(1, 2, 0), new Habit(900, 2, 0)));
        assertThat(new EconomicOrderQuantity(cost.amount(), 20 * WEEKS_A_YEAR, 2).quantity())
                .isCloseTo(80, Percentage.withPercentage(2.5));
        assertThat(cost.origin()).contains("four weeks of demand");
    }

    @Test
    void itSaysWhereNothingTells() {
        OrderCost cost = OrderCost.implied(List.of(new Habit(0, 2, 50), new Habit(20, 0, 50)));
        assertThat(cost.amount()).isZero();
        assertThat(cost.origin()).contains("no product has a demand and a price");
    }
}
