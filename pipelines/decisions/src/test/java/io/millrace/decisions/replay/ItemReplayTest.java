package io.millrace.decisions.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.reorder.LeadTime;
import io.millrace.decisions.reorder.LineCosts;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.PresentRule;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.UnmetDemand;
import io.millrace.decisions.reorder.WeeklyDemand;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ItemReplayTest {

    /** A Sunday. */
    private static final int START = (int) LocalDate.parse("2026-03-01").toEpochDay();

    private static final LineCosts COSTS = new LineCosts(73, 10, 0.5, OptionalDouble.of(4));

    /** A forecast that says what the last week said. */
    private static WeeklyDemand naive(double[] weeks) {
        double[] next = new double[4];
        Arrays.fill(next, weeks[weeks.length - 1]);
        return new WeeklyDemand(next, next, next, next, weeks);
    }

    private static ReplayOptions options(UnmetDemand unmet, int end, int... dates) {
        ReorderOptions planner =
                ReorderOptions.defaults(5).withSimulatedYears(1).withUnmet(unmet);
        return new ReplayOptions(new ReplayCalendar(dates, end), planner, 52);
    }

    private static ReplayItem item(Sales sales, Deliveries deliveries, OptionalDouble stock) {
        return new ReplayItem(
                "P",
                "S",
                sales,
                deliveries,
                COSTS,
                new LotTerms(0, 1),
                Optional.of(PresentRule.fillingTo(5, 9)),
                stock);
    }

    private static Sales sales(int[] days, double... units) {
        return new Sales(days, days, units);
    }

    /**
     * Two dates a week apart, ten days lived through, the ERP's rule (5, 9), lead time two days, 0.1 a unit and day, 4 a unit
     * short, 10 an order. Demand of the days: 0 3 0 1 0 0 4 2 0 5.
     */
    @Test
    void tenDaysByHand() {
        int[] days = {START - 3, START + 2, START + 4, START + 7, START + 8, START + 10};
        ReplayItem item =
                item(sales(days, 7, 3, 1, 4, 2, 5), Deliveries.expected(new LeadTime(2, 0), 2), OptionalDouble.of(4));
        PolicyOutcome erp = ItemReplay.of(
                        item,
                        options(UnmetDemand.BACKORDER, START + 10, START, START + 7),
                        (date, weeks) -> naive(weeks))
                .orElseThrow()
                .of(ReplayPolicy.ERP_BEFORE);
        // Order 5 at a position of 4. Stock at the end of the days: 4, 1, 6, 5, 5, 5, 1; the second date finds 1 and
        // orders 8: day 8 leaves 1 − 2 = −1 (one short), day 9 −1, day 10 −1 + 8 − 5 = 2.
        assertThat(erp.orders()).isEqualTo(2);
        assertThat(erp.ordered()).isEqualTo(13);
        assertThat(erp.demand()).isEqualTo(15);
        assertThat(erp.missed()).isEqualTo(1);
        assertThat(erp.cost().holding()).isCloseTo(0.1 * (4 + 1 + 6 + 5 + 5 + 5 + 1 + 0 + 0 + 2), within(1e-9));
        assertThat(erp.cost().shortage()).isCloseTo(4, within(1e-9));
        assertThat(erp.cost().ordering()).isCloseTo(20, within(1e-9));
        assertThat(erp.costs()).containsExactly(new double[] {10 + 2.7, 10 + 4 + 0.2}, within(1e-9));
        assertThat(erp.stocks()).containsExactly(1, 2);
        assertThat(erp.endOnOrder()).isZero();
    }

    @Test
    void lostDemandIsNotMadeUpFor() {
        int[] days = {START - 3, START + 1, START + 9};
        ReplayItem item = item(sales(days, 7, 6, 1), Deliveries.expected(new LeadTime(2, 0), 1), OptionalDouble.of(4));
        for (UnmetDemand unmet : UnmetDemand.values()) {
            PolicyOutcome erp = ItemReplay.of(item, options(unmet, START + 9, START), (date, weeks) -> naive(weeks))
                    .orElseThrow()
                    .of(ReplayPolicy.ERP_BEFORE);
            assertThat(erp.missed()).isEqualTo(2);
            assertThat(erp.endStock()).isEqualTo(unmet == UnmetDemand.LOST ? 4 : 2);
        }
    }

    /** On a date only weeks that had ended count, and of those only what had been delivered. */
    @Test
    void nothingIsKnownBeforeItHappened() {
        int[] days = {START - 20, START - 8, START + 1, START + 8};
        int[] known = {START - 20, START + 3, START + 1, START + 8};
        Sales sales = new Sales(days, known, new double[] {3, 5, 11, 13});
        List<String> seen = new ArrayList<>();
        ReplayItem item = item(sales, Deliveries.expected(new LeadTime(2, 0), 3), OptionalDouble.of(4));
        ItemReplay.of(item, options(UnmetDemand.BACKORDER, START + 10, START, START + 3, START + 7), (date, weeks) -> {
            seen.add(date - START + " " + Arrays.toString(weeks));
            return naive(weeks);
        });
        assertThat(seen).containsExactly("0 [3.0, 0.0, 0.0]", "3 [3.0, 5.0, 0.0]", "7 [3.0, 5.0, 0.0, 11.0]");
    }

    @Test
    void anItemEntersWithItsFirstClosedWeekAndTheStockThatThePlanWouldKeep() {
        int[] days = {START + 3, START + 9};
        ReplayItem item = item(sales(days, 20, 20), Deliveries.expected(new LeadTime(2, 0), 2), OptionalDouble.of(4));
        ReplayOptions options = options(UnmetDemand.BACKORDER, START + 14, START, START + 7);
        ItemOutcome outcome =
                ItemReplay.of(item, options, (date, weeks) -> naive(weeks)).orElseThrow();
        assertThat(outcome.startDate()).isEqualTo(START + 7);
        assertThat(outcome.startStock()).as("nobody knew it on the first date").isGreaterThan(20);
        assertThat(outcome.policies()).hasSize(ReplayPolicy.values().length).allSatisfy(p -> {
            assertThat(p.demand()).isEqualTo(20);
            assertThat(p.costs()[0]).isZero();
        });
        ReplayOptions before = options(UnmetDemand.BACKORDER, START + 5, START);
        assertThat(ItemReplay.of(item, before, (date, weeks) -> naive(weeks))).isEmpty();
    }

    @Test
    void realLeadTimesAreThoseOfTheNearestPurchase() {
        LeadTime[] expected = {new LeadTime(5.6, 1)};
        Deliveries deliveries = new Deliveries(expected, new int[] {10, 40}, new int[] {3, 9});
        assertThat(deliveries.real(0, 20)).isEqualTo(3);
        assertThat(deliveries.real(0, 30)).isEqualTo(9);
        assertThat(Deliveries.expected(expected[0], 1).real(0, 30)).isEqualTo(6);
    }

    /** Nobody does better than who knows everything, and the plan says what it believes. */
    @Test
    void foresightIsTheBound() {
        int[] days = new int[120];
        double[] units = new double[days.length];
        Arrays.setAll(days, i -> START - 60 + i);
        Arrays.setAll(units, i -> 1 + Math.floorMod(i * i, 5));
        int[] dates = {START, START + 7, START + 14, START + 21, START + 28, START + 35, START + 42};
        ReplayItem item =
                item(sales(days, units), Deliveries.expected(new LeadTime(6, 2), dates.length), OptionalDouble.empty());
        ItemOutcome outcome = ItemReplay.of(
                        item, options(UnmetDemand.BACKORDER, START + 49, dates), (date, weeks) -> naive(weeks))
                .orElseThrow();
        double bound = outcome.of(ReplayPolicy.PERFECT_FORESIGHT).cost().total();
        for (PolicyOutcome policy : outcome.policies()) {
            assertThat(policy.cost().total()).as(policy.policy().label()).isGreaterThanOrEqualTo(bound - 1e-9);
            assertThat(Arrays.stream(policy.costs()).sum())
                    .isCloseTo(policy.cost().total(), within(1e-9));
        }
        assertThat(outcome.of(ReplayPolicy.CLASSICAL).modelPrice().total()).isPositive();
        assertThat(outcome.of(ReplayPolicy.PERFECT_FORESIGHT).modelPrice()).isEqualTo(Money.NONE);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new ReplayCalendar(new int[0], 3)).hasMessageContaining("no date");
        assertThatThrownBy(() -> new ReplayCalendar(new int[] {4, 4}, 9)).hasMessageContaining("do not rise");
        assertThatThrownBy(() -> new ReplayCalendar(new int[] {4}, 4)).hasMessageContaining("no day is left");
        assertThatThrownBy(() -> sales(new int[] {1}, -2)).hasMessageContaining("units of a sale");
    }
}
