package io.millrace.decisions.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.reorder.InventorySimulation;
import io.millrace.decisions.reorder.InventorySimulation.Tariff;
import io.millrace.decisions.reorder.SimulatedWorld;
import io.millrace.decisions.reorder.UnmetDemand;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerfectForesightTest {

    private static final int DAYS = 24;
    private static final int[] DATES = {0, 4, 8, 12, 16, 20};

    /** The best of all choices of dates, each with the quantities that serve what is worth serving, one unit at a time. */
    private static double oracle(double stock, double[] demand, int[] leadTimes, Tariff tariff) {
        double best = Double.POSITIVE_INFINITY;
        for (int chosen = 0; chosen < 1 << DATES.length; chosen++) {
            double cost = 0;
            for (int i = 0; i < DATES.length; i++) {
                cost += (chosen >> i & 1) * tariff.order();
            }
            double left = stock;
            for (int day = 0; day < DAYS; day++) {
                for (int unit = 0; unit < demand[day]; unit++) {
                    if (left-- > 0) {
                        cost += tariff.holding() * day;
                        continue;
                    }
                    double cheapest = tariff.shortage();
                    for (int i = 0; i < DATES.length; i++) {
                        int arrival = DATES[i] + leadTimes[DATES[i]];
                        if ((chosen >> i & 1) == 1 && arrival <= day) {
                            cheapest = Math.min(cheapest, tariff.holding() * (day - arrival));
                        }
                    }
                    cost += cheapest;
                }
            }
            best = Math.min(best, cost + tariff.holding() * DAYS * Math.max(0, left));
        }
        return best;
    }

    private static double[] everyDay(double[] demand, double holding, double order) {
        int[] dates = IntStream.range(0, demand.length).toArray();
        return new PerfectForesight(0, demand, dates, new int[demand.length], new Tariff(holding, 1e6, 0, order))
                .orders(UnmetDemand.BACKORDER);
    }

    /** Snyder and Shen, Fundamentals of Supply Chain Theory, example 3.9: lots of Wagner and Whitin, 1,380 in all. */
    @Test
    void lotsAreThoseOfTheTextbookIfNothingMayRunShort() {
        assertThat(everyDay(new double[] {90, 120, 80, 70}, 2, 500)).containsExactly(210, 0, 150, 0);
        assertThat(everyDay(new double[] {0, 0, 3, 0, 1}, 1, 5)).containsExactly(0, 0, 4, 0, 0);
        assertThat(everyDay(new double[4], 1, 5)).containsOnly(0);
    }

    @Test
    void steadyDemandIsOrderedInEconomicLots() {
        double[] demand = new double[60];
        Arrays.fill(demand, 10);
        assertThat(everyDay(demand, 1, 180)[0]).as("√(2 · 180 · 10 / 1)").isEqualTo(60);
    }

    @Test
    void ordersCostAsLittleAsTheBestOfAllChoices() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 200; run++) {
            double[] demand = new double[DAYS];
            Arrays.setAll(demand, day -> random.nextInt(3) == 0 ? random.nextInt(9) : 0);
            int[] leadTimes = new int[DAYS];
            Arrays.setAll(leadTimes, day -> random.nextInt(7));
            double stock = random.nextInt(12);
            Tariff tariff =
                    new Tariff(0.1 + random.nextDouble(), 0.5 + 6 * random.nextDouble(), 0, 10 * random.nextDouble());
            double least = oracle(stock, demand, leadTimes, tariff);
            for (UnmetDemand unmet : UnmetDemand.values()) {
                double[] orders = new PerfectForesight(stock, demand, DATES, leadTimes, tariff).orders(unmet);
                double[] cost = new double[1];
                new InventorySimulation(new SimulatedWorld(demand, leadTimes, 0), 1, tariff, unmet)
                        .live(
                                stock,
                                (day, position) -> orders[day],
                                (day, asked, missed, net, onOrder, ordered) ->
                                        cost[0] += tariff.holding() * Math.max(0, net)
                                                + tariff.shortage() * missed
                                                + (ordered > 0 ? tariff.order() : 0));
                assertThat(cost[0]).as("run %s, %s", run, unmet).isCloseTo(least, within(1e-9));
            }
        }
    }
}
