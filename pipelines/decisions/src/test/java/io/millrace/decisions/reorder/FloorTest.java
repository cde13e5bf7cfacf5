package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is kept of a product of which the forecast expects nothing, and in which quantities levels come. */
class FloorTest {

    private static ReorderDecision decide(double[] history, double mean, LotTerms lot) {
        double[] weeks = ReorderLines.weeks(mean);
        ReorderLine line = new ReorderLine(
                "P1",
                "S1",
                "V1",
                "pc",
                new StockPosition(0, 0, 0),
                new WeeklyDemand(weeks, weeks, weeks, weeks, history),
                new LeadTime(10, 2),
                new LineCosts(10, 25, 0.2, OptionalDouble.of(6)),
                lot,
                Optional.empty());
        return new ReorderPlanner(ReorderOptions.defaults(1).withSimulatedYears(1))
                .plan(new ReorderProblem(List.of(line), OptionalDouble.empty()))
                .decisions()
                .get(0);
    }

    private static double[] soldIn(int weeks, int... busy) {
        double[] history = new double[weeks];
        for (int week : busy) {
            history[week] = 17;
        }
        return history;
    }

    @Test
    void whatSoldLatelyKeepsAPackWhateverIsForecast() {
        ReorderDecision sold = decide(soldIn(16, 0, 2, 3, 7, 10, 12, 14), 0, new LotTerms(0, 1));
        assertThat(sold.orderUpTo()).isEqualTo(1);
        assertThat(sold.orderQuantity()).isEqualTo(1);
        assertThat(sold.reason())
                .contains(
                        "it sold 1 week before last week and weeks with demand come every 2.3 weeks, so up to 1 are kept");
        assertThat(decide(soldIn(6, 0), 0, new LotTerms(0, 12)).orderUpTo()).isEqualTo(12);
        assertThat(decide(soldIn(6, 0), 0, new LotTerms(0, 0.4)).orderUpTo())
                .as("the packs that make a unit")
                .isCloseTo(1.2, Offset.offset(1e-9));
    }

    @Test
    void aProductFadesAfterSixWeeksOrThreeOfItsIntervals() {
        assertThat(decide(soldIn(7, 0), 0, new LotTerms(0, 1)).orderUpTo()).isEqualTo(1);
        assertThat(decide(soldIn(8, 0), 0, new LotTerms(0, 1)).orderUpTo()).isZero();
        assertThat(decide(soldIn(51, 0, 20), 0, new LotTerms(0, 1)).orderUpTo())
                .as("30 weeks are no silence where 20 are usual")
                .isEqualTo(1);
        ReorderDecision faded = decide(soldIn(60, 0, 5), 0, new LotTerms(0, 1));
        assertThat(faded.orderUpTo()).isZero();
        assertThat(faded.reason())
                .contains("no demand is expected, as it sold 54 weeks before last week for the last time and weeks with"
                        + " demand come every 5.0 weeks");
        assertThat(decide(new double[9], 0, new LotTerms(0, 1)).reason()).contains("none was seen");
    }

    @Test
    void levelsFollowTheUnitAndNotTheLookOfTheHistory() {
        double[] kilos = soldIn(60, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 59);
        ReorderDecision pieces = decide(kilos, 6.3, new LotTerms(0, 1, 1));
        assertThat(pieces.reorderPoint()).isEqualTo(Math.rint(pieces.reorderPoint()));
        ReorderDecision weighed = decide(kilos, 6.3, new LotTerms(0, 0.01, 0.01));
        assertThat(weighed.reorderPoint()).isNotEqualTo(Math.rint(weighed.reorderPoint()));
        assertThat(weighed.reorderPoint() * 100)
                .as("in hundredths")
                .isCloseTo(Math.rint(weighed.reorderPoint() * 100), Offset.offset(1e-6));
    }

    @Test
    void whereNobodyCountsTheStockNothingIsOrderedAndTheLevelsAreSaid() {
        ReorderLine counted = ReorderLines.ordinary();
        ReorderLine unknown = ReorderLines.ordinary(OptionalDouble.of(6), StockPosition.UNKNOWN, new LotTerms(0, 1));
        ReorderPlanner planner = new ReorderPlanner(ReorderOptions.defaults(1).withSimulatedYears(1));
        ReorderDecision one = planner.plan(new ReorderProblem(List.of(counted), OptionalDouble.empty()))
                .decisions()
                .get(0);
        ReorderDecision other = planner.plan(new ReorderProblem(List.of(unknown), OptionalDouble.empty()))
                .decisions()
                .get(0);
        assertThat(one.orderQuantity()).isPositive();
        assertThat(other.orderQuantity()).isZero();
        assertThat(other.reorderPoint()).isEqualTo(one.reorderPoint());
        assertThat(other.reason()).startsWith("No stock is known for site S1").contains("nothing is ordered");
    }

    @Test
    void aRuleWhoseLevelIsItsPointOrdersWhateverIsMissing() {
        OrderRule rule = OrderRule.of(PresentRule.fillingTo(5, 5), new LotTerms(0, 1));
        assertThat(rule.quantity(5)).isZero();
        assertThat(rule.quantity(4)).isEqualTo(1);
        assertThat(rule.quantity(0)).isEqualTo(5);
        assertThat(PresentRule.known(OptionalDouble.of(5), OptionalDouble.of(5), OptionalDouble.empty()))
                .hasValue(PresentRule.fillingTo(5, 5));
        assertThat(PresentRule.known(OptionalDouble.of(5), OptionalDouble.of(5), OptionalDouble.of(20)))
                .as("a lot says more than a level that asks for nothing")
                .hasValue(PresentRule.ofLot(5, 20));
        assertThat(PresentRule.known(OptionalDouble.of(5), OptionalDouble.empty(), OptionalDouble.of(0)))
                .isEmpty();
    }
}
