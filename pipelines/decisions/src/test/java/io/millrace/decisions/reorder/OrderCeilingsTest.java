package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The line: 20 a week at a unit cost of 10, one lot of about half a year due at the most. */
class OrderCeilingsTest {

    private static final OrderCeilings CEILINGS = new OrderCeilings(52, 1.0, 0.5, 3);
    private static final PastTrade USUAL = past(1040, 16, 10, 16, 16);

    private static PastTrade past(double units, double soldAt, double paid, double listedBefore, double listPrice) {
        return new PastTrade(
                units,
                units * soldAt,
                OptionalDouble.of(soldAt),
                OptionalDouble.of(paid),
                OptionalDouble.of(listedBefore),
                OptionalDouble.of(listPrice));
    }

    private static ReorderDecision order(StockPosition stock, double unitCost, LotTerms lot) {
        ReorderLine line = ReorderLines.with(
                ReorderLines.ordinary(OptionalDouble.of(6), stock, lot),
                new LineCosts(unitCost, 25, 0.2, OptionalDouble.of(6)));
        return plan(List.of(line)).decisions().get(0);
    }

    private static ReorderDecision order(double unitCost, LotTerms lot) {
        return order(new StockPosition(0, 0, 0), unitCost, lot);
    }

    private static ReorderPlan plan(List<ReorderLine> lines) {
        return new ReorderPlanner(ReorderOptions.defaults(1).withSimulatedYears(1))
                .plan(new ReorderProblem(lines, OptionalDouble.empty()));
    }

    private static final LotTerms ANY = new LotTerms(0, 1);

    @Test
    void anOrdinaryOrderFromAnEmptyShelfPasses() {
        ReorderDecision order = order(10, ANY);
        assertThat(order.orderQuantity()).isGreaterThan(20);
        assertThat(CEILINGS.breach(order, USUAL)).isEmpty();
        assertThat(CEILINGS.breach(order, PastTrade.UNKNOWN))
                .as("nothing is known to measure it against but the forecast")
                .isEmpty();
    }

    @Test
    void thePriceOfAnotherUnitHoldsTheLine() {
        assertThat(CEILINGS.breach(order(120, ANY), USUAL))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("unit cost of 120.00 was 10.00 before, 12.0 times as much", "another unit"));
        assertThat(CEILINGS.breach(order(0.83, ANY), USUAL))
                .as("a price for a piece where a dozen was meant makes lots too large")
                .hasValueSatisfying(why -> assertThat(why).contains("12.0 times less"));
        assertThat(CEILINGS.breach(order(25, ANY), USUAL))
                .as("a price may rise by half, or double")
                .isEmpty();
        assertThat(CEILINGS.breach(order(10, ANY), past(1040, 16, 10, 16, 192)))
                .hasValueSatisfying(why -> assertThat(why).contains("list price of 192.00 was 16.00 before"));
        PastTrade neverBought = new PastTrade(
                1040,
                1040 * 16,
                OptionalDouble.of(16),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(16));
        assertThat(CEILINGS.breach(order(120, ANY), neverBought))
                .hasValueSatisfying(why -> assertThat(why).contains("costs 120.00 and sells at 16.00"));
    }

    @Test
    void moreThanAYearOfSalesIsHeld() {
        assertThat(CEILINGS.breach(order(10, new LotTerms(2000, 1)), past(16, 16, 10, 16, 16)))
                .hasValueSatisfying(why -> assertThat(why).contains("times what it sells for in a year (256.00)"));
        assertThat(CEILINGS.breach(order(10, new LotTerms(1500, 1)), past(1040, 16, 10, 16, 16)))
                .as("worth less than a year's sales, but 1.5 years of them")
                .hasValueSatisfying(why -> assertThat(why).contains("would last 77 weeks"));
    }

    @Test
    void whatCustomersWaitForIsNoStock() {
        ReorderDecision owed = order(new StockPosition(0, 1200, 0), 10, ANY);
        assertThat(owed.orderQuantity()).isGreaterThan(1200);
        assertThat(CEILINGS.breach(owed, USUAL)).isEmpty();
    }

    @Test
    void oneUnitOfARareProductIsNotHeldForWhatItIs() {
        double[] none = ReorderLines.weeks(0);
        double[] history = new double[40];
        history[0] = 1;
        history[36] = 1;
        ReorderLine rare = new ReorderLine(
                "P1",
                "S1",
                "V1",
                "pc",
                new StockPosition(0, 0, 0),
                new WeeklyDemand(none, none, none, none, history),
                new LeadTime(10, 2),
                new LineCosts(900, 25, 0.2, OptionalDouble.empty()),
                ANY,
                Optional.empty());
        ReorderDecision order = plan(List.of(rare)).decisions().get(0);
        assertThat(order.orderQuantity()).isEqualTo(1);
        assertThat(CEILINGS.breach(order, past(2, 400, 900, 400, 400))).isEmpty();
    }

    @Test
    void aPlanBeyondTheCompanyIsRefusedAndNamesItsOrders() {
        List<OrderCeilings.Named> largest = List.of(new OrderCeilings.Named("P7", "S1", 600));
        assertThat(CEILINGS.breachOfPlan(1000, 12, () -> largest, 2000)).isEmpty();
        assertThat(CEILINGS.breachOfPlan(1000, 12, () -> largest, 1000))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("50 % are allowed", "P7 at S1 600.00, and 11 more"));
        assertThat(CEILINGS.breachOfPlan(1000, 12, () -> largest, 0))
                .as("no price is known")
                .isEmpty();
    }

    @Test
    void aShortHistoryIsTakenToAYearWithCaution() {
        assertThat(PastTrade.yearly(100, 200, 300)).isEqualTo(100);
        assertThat(PastTrade.yearly(100, 26, 300)).isEqualTo(200);
        assertThat(PastTrade.yearly(4, 3, 300)).as("one sale three weeks ago").isEqualTo(16);
        assertThat(PastTrade.yearly(4, 4, 4)).as("all that the company has").isEqualTo(52);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new OrderCeilings(0, 1, 0.5, 3)).hasMessageContaining("cover-weeks is 0.0");
        assertThatThrownBy(() -> new OrderCeilings(52, 1, 0.5, 1)).hasMessageContaining("price-factor is 1.0");
    }
}
