package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.inventory.StandardNormal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReorderPlannerTest {

    private static final ReorderOptions OPTIONS = ReorderOptions.defaults(11).withSimulatedYears(5);

    private static ReorderDecision decide(ReorderLine line, ReorderOptions options) {
        return new ReorderPlanner(options)
                .plan(new ReorderProblem(List.of(line), OptionalDouble.empty()))
                .decisions()
                .get(0);
    }

    private static ReorderPlan plan(List<ReorderLine> lines, OptionalDouble budget) {
        return new ReorderPlanner(OPTIONS).plan(new ReorderProblem(lines, budget));
    }

    @Provide
    Arbitrary<List<ReorderLine>> lines() {
        return ReorderLines.some();
    }

    @Test
    @Timeout(30)
    void nextToNoDemandIsPlannedLikeAnyOther() {
        for (double mean = 1; mean > 1e-200; mean /= 50) {
            double[] weeks = ReorderLines.weeks(mean);
            ReorderLine usual = ReorderLines.ordinary();
            ReorderLine scarce = new ReorderLine(
                    "P1",
                    "S1",
                    "V1",
                    "pc",
                    usual.stock(),
                    new WeeklyDemand(weeks, ReorderLines.weeks(0), weeks, weeks, new double[] {1, 0, 0, 0}),
                    usual.leadTime(),
                    usual.costs(),
                    usual.lot(),
                    usual.presentRule());
            ReorderPlan plan = new ReorderPlanner(ReorderOptions.defaults(1).withSimulatedYears(5))
                    .plan(new ReorderProblem(List.of(scarce), OptionalDouble.empty()));
            assertThat(plan.expectedCost()).isNotNegative();
        }
    }

    /** The work for a line is set by the years simulated, whatever its units, lead times, packs and money. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void linesBeyondAllProportionArePlanned() {
        List<ReorderLine> lines = new ArrayList<>();
        for (double mean : new double[] {1e-8, 1e-3, 1, 1e4, 1e12}) {
            for (double spread : new double[] {0, 1, 1e6}) {
                for (double lead : new double[] {0, 10, 1e6}) {
                    for (double pack : new double[] {0.001, 1, 1e6}) {
                        for (double[] history : new double[][] {{}, {1, 0, 0, 1e6}, {0.5, 1e12, 3, 4, 5, 6, 7, 8}}) {
                            lines.add(beyond(lines.size(), mean, spread, new LeadTime(lead, 3 * lead), pack, history));
                        }
                    }
                }
            }
        }
        assertSound(plan(lines, OptionalDouble.empty()));
        ReorderPlan cut = plan(lines, OptionalDouble.of(1e9));
        assertSound(cut);
        assertThat(cut.orderValue()).isLessThanOrEqualTo(1e9 * (1 + 1e-9));
    }

    private static ReorderLine beyond(
            int number, double mean, double spread, LeadTime leadTime, double pack, double[] history) {
        return new ReorderLine(
                "P" + number,
                "S1",
                "V1",
                "pc",
                new StockPosition(-1e6, 0, 0),
                new WeeklyDemand(
                        ReorderLines.weeks(mean),
                        ReorderLines.weeks(0),
                        ReorderLines.weeks(mean / 2),
                        ReorderLines.weeks(mean * (1 + spread)),
                        history),
                leadTime,
                new LineCosts(number % 2, 12, 0.2, OptionalDouble.of(0.5)),
                new LotTerms(0, pack),
                Optional.empty());
    }

    private static void assertSound(ReorderPlan plan) {
        for (ReorderDecision decision : plan.decisions()) {
            assertThat(decision.orderQuantity())
                    .as(decision.reason())
                    .isNotNegative()
                    .isFinite();
            assertThat(decision.expectedCost())
                    .as(decision.reason())
                    .isNotNegative()
                    .isFinite();
        }
    }

    /** One bulk order long ago, and next to nothing since: stock for another one would cost more than to be short of it. */
    @Test
    void aBulkOrderLongAgoIsNotStockedFor() {
        double[] history = new double[52];
        for (int week = 0; week < history.length; week += 4) {
            history[week] = 10;
        }
        history[11] = 4000;
        ReorderLine usual = ReorderLines.ordinary();
        ReorderLine ceased = new ReorderLine(
                "P1",
                "S1",
                "V1",
                "pc",
                new StockPosition(0, 0, 0),
                new WeeklyDemand(
                        ReorderLines.weeks(0.6),
                        ReorderLines.weeks(0),
                        ReorderLines.weeks(0),
                        ReorderLines.weeks(2000),
                        history),
                usual.leadTime(),
                new LineCosts(1, 12, 0.2, OptionalDouble.of(0.5)),
                usual.lot(),
                Optional.empty());
        ReorderDecision decision = decide(ceased, OPTIONS);
        assertThat(decision.reason()).doesNotContain("known");
        double yearly = 0.6 * 365 / 7;
        assertThat(decision.safetyStock())
                .as("bD / h, rounded up to a unit")
                .isLessThanOrEqualTo(0.5 * yearly / 0.2 + 1);
        assertThat(decision.orderQuantity()).isBetween(1.0, 3.5 * yearly);
    }

    @Test
    void aLineWithLittleHistoryIsPlannedAndSaysSo() {
        ReorderLine usual = ReorderLines.ordinary();
        double[] week = ReorderLines.weeks(4);
        ReorderLine fresh = new ReorderLine(
                "P1",
                "S1",
                "V1",
                "pc",
                new StockPosition(0, 0, 0),
                new WeeklyDemand(week, ReorderLines.weeks(2), week, ReorderLines.weeks(7), new double[] {4, 0}),
                usual.leadTime(),
                usual.costs(),
                usual.lot(),
                Optional.empty());
        ReorderPlan plan = plan(List.of(fresh), OptionalDouble.empty());
        assertThat(fresh.demand().isWellKnown()).isFalse();
        assertThat(plan.decisions().get(0).orderQuantity()).isGreaterThan(4);
        assertThat(plan.decisions().get(0).reason()).endsWith("; only 1 week is known with demand.");
    }

    @Property(tries = 60)
    void safetyStockNeverCostsMoreThanTheShortageOfAllDemand(@ForAll("lines") List<ReorderLine> lines) {
        for (ReorderLine line : lines) {
            DemandMoments moments = DemandMoments.of(line, 1);
            ClassicalPolicy policy = ClassicalPolicy.of(line, moments, OPTIONS);
            double shortage = policy.shortageCost() * moments.weeklyMean() * 365 / 7;
            double unit = line.costs().holdingPerYear();
            assertThat(policy.safetyStock() * unit).isLessThanOrEqualTo(shortage + unit);
        }
    }

    /** Reorder point by hand: ten days of demand, undershoot of a day, EOQ of 20 × 365/7 a year, service 1 − hQ / (bD). */
    @Test
    void ordinaryLineByHand() {
        double yearly = 20 * 365 / 7.0;
        double lot = Math.rint(Math.sqrt(2 * 25 * yearly / 2));
        double service = 1 - 2 * lot / (6 * yearly);
        double daily = 20 / 7.0;
        double dailyVariance = 25 / 7.0;
        double undershoot = (daily + dailyVariance / daily) / 2 - 0.5;
        double deviation = Math.sqrt(10 * dailyVariance + 4 * daily * daily);
        double point = 10 * daily + undershoot + StandardNormal.quantile(service) * deviation;
        ReorderDecision decision = decide(ReorderLines.ordinary(), OPTIONS);
        assertThat(decision.serviceLevel()).isCloseTo(service, within(1e-12));
        assertThat(decision.orderUpTo() - decision.reorderPoint()).isEqualTo(lot);
        assertThat(decision.reorderPoint())
                .as("without the undershoot's variance %s", point)
                .isBetween(point, point + 2);
        assertThat(decision.safetyStock()).isCloseTo(decision.reorderPoint() - 10 * daily, within(1e-9));
        assertThat(decision.orderQuantity()).isEqualTo(decision.orderUpTo() - 10);
        assertThat(decision.needByDays()).isEqualTo(10);
        assertThat(decision.reason())
                .contains("Position 10 (on hand 12, reserved 2, incoming 0)", "order", "moving-average rule");
    }

    @Test
    void unknownShortageCostTakesTheServiceLevelAndPricesWhatItImplies() {
        ReorderLine line =
                ReorderLines.ordinary(OptionalDouble.empty(), new StockPosition(0, 0, 0), new LotTerms(0, 1));
        ReorderDecision decision = decide(line, OPTIONS.withServiceLevel(0.9));
        assertThat(decision.serviceLevel()).isEqualTo(0.9);
        ReorderLine priced = ReorderLines.ordinary(
                OptionalDouble.of(decision.shortageCost()), new StockPosition(0, 0, 0), new LotTerms(0, 1));
        assertThat(decide(priced, OPTIONS).serviceLevel()).isCloseTo(0.9, within(1e-12));
    }

    @Property(tries = 60)
    void dearerShortageNeverLowersTheReorderPoint(
            @ForAll("lines") List<ReorderLine> lines,
            @ForAll @DoubleRange(min = 0.01, max = 100) double cost,
            @ForAll @DoubleRange(min = 1, max = 10) double times) {
        for (ReorderLine line : lines) {
            assertThat(point(line, cost * times)).isGreaterThanOrEqualTo(point(line, cost));
        }
    }

    private static double point(ReorderLine line, double shortage) {
        LineCosts costs = new LineCosts(
                line.costs().unitCost(),
                line.costs().orderCost(),
                line.costs().holdingRate(),
                OptionalDouble.of(shortage));
        ReorderLine dearer = ReorderLines.with(line, costs);
        return ClassicalPolicy.of(dearer, DemandMoments.of(dearer, 1), OPTIONS)
                .levels()
                .reorderPoint();
    }

    @Property(tries = 60)
    void quantitiesAreWholePacksAndNotBelowTheMinimum(
            @ForAll("lines") List<ReorderLine> lines, @ForAll @DoubleRange(min = 0, max = 20_000) double budget) {
        ReorderPlan plan = plan(lines, OptionalDouble.of(budget));
        assertThat(plan.orderValue()).isLessThanOrEqualTo(budget + 1e-6);
        for (ReorderDecision decision : plan.decisions()) {
            double quantity = decision.orderQuantity();
            assertThat(quantity % decision.line().lot().pack()).isZero();
            assertThat(quantity == 0 || quantity >= decision.line().lot().minimum())
                    .isTrue();
            assertThat(decision.orderUpTo()).isGreaterThanOrEqualTo(decision.reorderPoint());
        }
    }

    @Property(tries = 30)
    void theOrderOfLinesDoesNotMatter(@ForAll("lines") List<ReorderLine> lines, @ForAll long shuffle) {
        List<ReorderLine> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(shuffle));
        OptionalDouble budget = OptionalDouble.of(3000);
        assertThat(plan(shuffled, budget)).isEqualTo(plan(lines, budget));
    }

    @Property(tries = 30)
    void aLineIsPricedTheSameInAnyCompany(@ForAll("lines") List<ReorderLine> lines) {
        ReorderPlan together = plan(lines, OptionalDouble.empty());
        for (ReorderDecision decision : together.decisions()) {
            assertThat(decide(decision.line(), OPTIONS)).isEqualTo(decision);
        }
    }

    @Test
    void theBudgetGoesWhereItAvoidsMostShortage() {
        ReorderLine empty = ReorderLines.ordinary(OptionalDouble.of(6), new StockPosition(0, 0, 0), new LotTerms(0, 1));
        ReorderLine full = new ReorderLine(
                "P2",
                "S1",
                "V1",
                "pc",
                new StockPosition(40, 0, 0),
                empty.demand(),
                empty.leadTime(),
                empty.costs(),
                empty.lot(),
                Optional.empty());
        ReorderPlan plan = plan(List.of(full, empty), OptionalDouble.of(300));
        assertThat(plan.decisions().get(0).orderQuantity()).isBetween(28.0, 30.0);
        assertThat(plan.decisions().get(1).orderQuantity()).isLessThanOrEqualTo(2);
        assertThat(plan.decisions().get(0).reason()).contains("cut to the budget");
    }

    @Test
    void amplePriceOfServiceIsPaidInLongSimulation() {
        ReorderDecision decision = decide(ReorderLines.ordinary(), ReorderOptions.defaults(5));
        assertThat(decision.priced().fillRate()).isGreaterThan(0.97);
        assertThat(decision.expectedCost()).isLessThan(decision.baselineCost());
        assertThat(decision.expectedCost())
                .isCloseTo(
                        decide(ReorderLines.ordinary(), ReorderOptions.defaults(6))
                                .expectedCost(),
                        Percentage.withPercentage(3));
    }

    @Test
    void aCheaperPresentRuleIsAdmitted() {
        ReorderDecision first = decide(ReorderLines.ordinary(), ReorderOptions.defaults(5));
        ReorderLine line = ReorderLines.ordinary();
        PresentRule same = PresentRule.fillingTo(first.reorderPoint(), first.orderUpTo());
        ReorderDecision equal = decide(ReorderLines.with(line, same), ReorderOptions.defaults(5));
        assertThat(equal.baselineCost()).isEqualTo(equal.expectedCost());
        assertThat(equal.reason()).contains("under the ERP's rule").doesNotContain("cheaper");
        assertThat(cautious(rule -> rule).reason()).doesNotContain("cheaper");
        PresentRule lean = PresentRule.fillingTo(first.reorderPoint() - 10, first.orderUpTo() - 10);
        assertThat(cautious(rule -> lean).reason()).contains("which prices cheaper here");
    }

    /** A service level of at least 99 %, where a shortage costs next to nothing, beside a rule. */
    private static ReorderDecision cautious(UnaryOperator<PresentRule> rule) {
        ReorderOptions cautious = new ReorderOptions(
                1, 0.99, 0.99, 0.999, 180, 200, MovingAverageRule.defaults(), UnmetDemand.BACKORDER, 5);
        ReorderLine line = ReorderLines.ordinary(OptionalDouble.of(1), new StockPosition(12, 2, 0), new LotTerms(0, 1));
        ReorderDecision ours = decide(line, cautious);
        PresentRule same = PresentRule.fillingTo(ours.reorderPoint(), ours.orderUpTo());
        return decide(ReorderLines.with(line, rule.apply(same)), cautious);
    }

    /** A unit short is worth a little less where the sale is lost: bD / (bD + hQ) lies above 1 − hQ / (bD). */
    @Test
    void lostSalesHaveAServiceLevelOfTheirOwn() {
        double yearly = 20 * 365 / 7.0;
        double lot = Math.rint(Math.sqrt(2 * 25 * yearly / 2));
        ReorderDecision lost = decide(ReorderLines.ordinary(), OPTIONS.withUnmet(UnmetDemand.LOST));
        assertThat(lost.serviceLevel()).isCloseTo(6 * yearly / (6 * yearly + 2 * lot), within(1e-12));
        assertThat(lost.serviceLevel())
                .isGreaterThan(decide(ReorderLines.ordinary(), OPTIONS).serviceLevel());
        ReorderLine line =
                ReorderLines.ordinary(OptionalDouble.empty(), new StockPosition(0, 0, 0), new LotTerms(0, 1));
        ReorderDecision implied =
                decide(line, OPTIONS.withUnmet(UnmetDemand.LOST).withServiceLevel(0.9));
        ReorderLine priced = ReorderLines.ordinary(
                OptionalDouble.of(implied.shortageCost()), new StockPosition(0, 0, 0), new LotTerms(0, 1));
        assertThat(decide(priced, OPTIONS.withUnmet(UnmetDemand.LOST)).serviceLevel())
                .isCloseTo(0.9, within(1e-12));
    }

    @Test
    void withoutDemandNothingIsOrderedUnlessCustomersWait() {
        double[] none = ReorderLines.weeks(0);
        WeeklyDemand dead = new WeeklyDemand(none, none, none, none, new double[20]);
        ReorderLine line = new ReorderLine(
                "P1",
                "S1",
                null,
                null,
                new StockPosition(3, 0, 0),
                dead,
                new LeadTime(5, 1),
                new LineCosts(10, 25, 0.2, OptionalDouble.of(6)),
                new LotTerms(4, 4),
                Optional.of(PresentRule.fillingTo(5, 9)));
        ReorderDecision decision = decide(line, OPTIONS);
        assertThat(decision.orderQuantity()).isZero();
        assertThat(decision.expectedCost()).isZero();
        assertThat(decision.baselineCost())
                .as("12 units for ever, in packs of 4")
                .isCloseTo(12 * 2, within(1e-9));
        assertThat(decision.reason()).contains("no demand is expected");
        ReorderLine waiting = new ReorderLine(
                "P1",
                "S1",
                null,
                null,
                new StockPosition(0, 3, 0),
                dead,
                line.leadTime(),
                line.costs(),
                line.lot(),
                Optional.empty());
        assertThat(decide(waiting, OPTIONS).orderQuantity()).isEqualTo(4);
    }

    @Test
    void needByIsTheDayOnWhichStockRunsDownToItsSafety() {
        ReorderLine line =
                ReorderLines.ordinary(OptionalDouble.of(6), new StockPosition(100, 0, 0), new LotTerms(0, 1));
        ReorderDecision decision = decide(line, OPTIONS);
        assertThat(decision.orderQuantity()).isZero();
        assertThat(decision.needByDays()).isEqualTo((int) ((100 - decision.safetyStock()) * 7 / 20));
    }

    @Test
    void lotsOfThePresentRuleRaiseThePositionAboveItsPoint() {
        ReorderLine line = ReorderLines.with(ReorderLines.ordinary(), PresentRule.ofLot(40, 60));
        ReorderDecision decision = decide(line, ReorderOptions.defaults(5));
        assertThat(decision.baseline().ordersPerYear()).isCloseTo(20 * 365 / 7.0 / 60, Percentage.withPercentage(3));
    }

    @Test
    void nonsenseIsRefused() {
        ReorderLine line = ReorderLines.ordinary();
        assertThatThrownBy(() -> new ReorderProblem(List.of(line, line), OptionalDouble.empty()))
                .hasMessageContaining("product P1 at site S1 is there twice");
        assertThatThrownBy(() -> OPTIONS.withServiceLevel(1)).hasMessageContaining("service level is 1.0");
        assertThatThrownBy(() -> OPTIONS.withReviewDays(0)).hasMessageContaining("review days");
        assertThatThrownBy(() -> new PresentRule(4, OptionalDouble.empty(), OptionalDouble.empty()))
                .hasMessageContaining("neither up to which level nor which lot");
        assertThatThrownBy(() -> new LeadTime(0, 2)).hasMessageContaining("mean 0");
        assertThatThrownBy(() -> new LineCosts(1, 1, 0.2, OptionalDouble.of(0))).hasMessageContaining("shortage cost");
    }
}
