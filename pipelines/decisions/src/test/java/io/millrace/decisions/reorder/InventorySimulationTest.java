package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.inventory.BaseStock;
import io.millrace.decisions.inventory.DiscreteDemand;
import io.millrace.decisions.inventory.Newsvendor;
import io.millrace.decisions.inventory.PeriodicReview;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventorySimulationTest {

    private static final LotTerms ANY = new LotTerms(0, 1);
    private static final InventorySimulation.Tariff TARIFF = new InventorySimulation.Tariff(1, 0, 4, 5);

    /** Thirty runs against the exact (s, S) cost, within four standard errors of their mean. */
    @Test
    void averageCostIsTheExactCost() {
        for (int review = 1; review <= 3; review++) {
            for (int leadTime = 0; leadTime <= 4; leadTime += 2) {
                int days = review;
                int lead = leadTime;
                double exact = exact(days, lead).cost(20, 34);
                double[] simulated = IntStream.range(0, 30)
                        .mapToDouble(run -> new InventorySimulation(world(lead, run), days, TARIFF)
                                .run(new OrderRule(20, 34, 0, ANY))
                                .total())
                        .toArray();
                assertAverage(simulated, exact);
            }
        }
    }

    private static void assertAverage(double[] simulated, double exact) {
        double mean = Arrays.stream(simulated).average().orElseThrow();
        double variance =
                Arrays.stream(simulated).map(c -> (c - mean) * (c - mean)).sum() / (simulated.length - 1);
        double standardError = Math.sqrt(variance / simulated.length);
        assertThat(mean).isCloseTo(exact, within(4 * standardError));
        assertThat(standardError).isLessThan(0.01 * exact);
    }

    private static PeriodicReview exact(int review, int leadTime) {
        return new PeriodicReview(
                5,
                DiscreteDemand.poisson(3.0 * review),
                new BaseStock(IntStream.rangeClosed(1, review)
                        .mapToObj(period -> new Newsvendor(DiscreteDemand.poisson(3.0 * (leadTime + period)), 1, 4))
                        .toList()));
    }

    private static SimulatedWorld world(int leadTime, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DiscreteDemand daily = DiscreteDemand.poisson(3);
        double[] demand = new double[20_200];
        Arrays.setAll(demand, day -> daily.quantile(random.nextDouble()));
        int[] leadTimes = new int[demand.length];
        Arrays.fill(leadTimes, leadTime);
        return new SimulatedWorld(demand, leadTimes, 200);
    }

    /** Five days by hand: s = 2, S = 5, lead time one day, demand 2 a day. */
    @Test
    void aFewDaysByHand() {
        SimulatedWorld world = new SimulatedWorld(new double[] {2, 2, 2, 2, 2}, new int[] {1, 1, 1, 1, 1}, 0);
        InventorySimulation.Outcome outcome = new InventorySimulation(
                        world, 1, new InventorySimulation.Tariff(1, 10, 0, 100))
                .run(new OrderRule(2, 5, 0, ANY));
        // Net stock at the end of the days: −2 (5 ordered), 5 − 2 − 2 = 1, then 2 ordered... position 3 > 2: nothing.
        // Day 0: order 5 at position 0, net −2. Day 1: position 3, receive 5, net 1. Day 2: position 1, order 4, net
        // −1.
        // Day 3: position 3, receive 4, net 1. Day 4: position 1, order 4, net −1.
        assertThat(outcome.averageStock()).isCloseTo(2 / 5.0, within(1e-12));
        assertThat(outcome.orders()).isCloseTo(3 / 5.0, within(1e-12));
        assertThat(outcome.fillRate()).isCloseTo(1 - 4 / 10.0, within(1e-12));
        assertThat(outcome.shortage()).isCloseTo(10 * 4 / 5.0, within(1e-12));
        assertThat(outcome.total()).isCloseTo(2 / 5.0 + 8 + 60, within(1e-12));
    }

    /** The same days where what finds no stock is lost: nothing is owed, so the shelf fills up sooner. */
    @Test
    void lostDemandIsNotServedLater() {
        SimulatedWorld world = new SimulatedWorld(new double[] {2, 2, 2, 2, 2}, new int[] {1, 1, 1, 1, 1}, 0);
        InventorySimulation.Outcome outcome = new InventorySimulation(
                        world, 1, new InventorySimulation.Tariff(1, 10, 0, 100), UnmetDemand.LOST)
                .run(new OrderRule(2, 5, 0, ANY));
        // Day 0: order 5, lose 2. Day 1: receive 5, on hand 3. Day 2: on hand 1. Day 3: position 1, order 4, lose 1.
        // Day 4: receive 4, on hand 2.
        assertThat(outcome.averageStock()).isCloseTo((3 + 1 + 0 + 2) / 5.0, within(1e-12));
        assertThat(outcome.orders()).isCloseTo(2 / 5.0, within(1e-12));
        assertThat(outcome.fillRate()).isCloseTo(1 - 3 / 10.0, within(1e-12));
    }

    @Test
    void ordersMayCrossAndNothingIsLost() {
        int[] leadTimes = {5, 1, 0, 3, 2, 0, 4, 1, 0, 0, 0, 0};
        double[] demand = new double[leadTimes.length];
        Arrays.fill(demand, 0, 7, 3);
        InventorySimulation.Outcome outcome = new InventorySimulation(
                        new SimulatedWorld(demand, leadTimes, 11), 1, TARIFF)
                .run(new OrderRule(9, 10, 0, ANY));
        assertThat(outcome.averageStock()).isEqualTo(10);
    }

    @Test
    void ordersComeInPacksAndNotBelowTheMinimum() {
        OrderRule rule = new OrderRule(10, 20, 0, new LotTerms(14, 6));
        assertThat(rule.quantity(10.5)).isZero();
        assertThat(rule.quantity(10)).isEqualTo(18);
        assertThat(rule.quantity(1)).isEqualTo(24);
        assertThat(new OrderRule(10, 10, 7, ANY).quantity(10)).isEqualTo(7);
        assertThat(new OrderRule(10, 10, 7, ANY).quantity(3)).isEqualTo(14);
        assertThat(new LotTerms(0, 0.1).roundUp(0.30000000000000004)).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new SimulatedWorld(new double[3], new int[2], 0))
                .hasMessageContaining("3 days");
        assertThatThrownBy(() -> new SimulatedWorld(new double[3], new int[3], 3))
                .hasMessageContaining("warm-up");
        assertThatThrownBy(() -> new LotTerms(1, 0)).hasMessageContaining("pack size is 0.0");
    }
}
