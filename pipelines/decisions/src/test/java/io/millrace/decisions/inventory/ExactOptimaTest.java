package io.millrace.decisions.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Optima against the slow, obvious oracle: try every policy. */
class ExactOptimaTest {

    private static final double ROUNDING = 1e-9;

    @Property(tries = 60)
    void noSmallPeriodicPolicyIsCheaper(
            @ForAll @DoubleRange(min = 0.3, max = 6) double mean,
            @ForAll @DoubleRange(min = 0, max = 20) double orderCost,
            @ForAll @DoubleRange(min = 0.5, max = 20) double shortage,
            @ForAll @IntRange(min = 0, max = 3) int leadTime,
            @ForAll @IntRange(min = 1, max = 3) int review) {
        PeriodicReview model = periodic(mean, orderCost, shortage, leadTime, review);
        StockPolicy best = model.optimal();
        double least = model.cost((int) best.reorderPoint(), (int) best.orderUpTo());
        for (int s = -8; s < 40; s++) {
            for (int orderUpTo = s + 1; orderUpTo < 60; orderUpTo++) {
                assertThat(model.cost(s, orderUpTo)).isGreaterThanOrEqualTo(least - ROUNDING);
            }
        }
    }

    private static PeriodicReview periodic(double mean, double orderCost, double shortage, int leadTime, int review) {
        List<Newsvendor> covers = new ArrayList<>();
        for (int period = 1; period <= review; period++) {
            covers.add(new Newsvendor(DiscreteDemand.poisson(mean * (leadTime + period)), 1, shortage));
        }
        return new PeriodicReview(orderCost, DiscreteDemand.poisson(mean * review), new BaseStock(covers));
    }

    /** The stationary distribution of the Markov chain of positions, found by iterating it. */
    @Test
    void periodicCostIsThatOfTheMarkovChain() {
        DiscreteDemand demand = DiscreteDemand.of(0.3, 0.1, 0.25, 0.2, 0.15);
        Newsvendor newsvendor = new Newsvendor(demand, 1, 9);
        PeriodicReview model = new PeriodicReview(7, demand, new BaseStock(List.of(newsvendor)));
        int s = 2;
        int orderUpTo = 9;
        double[] share = new double[orderUpTo + 1];
        share[orderUpTo] = 1;
        double cost = 0;
        for (int period = 0; period < 5000; period++) {
            double[] next = new double[share.length];
            cost = 0;
            for (int position = s + 1; position <= orderUpTo; position++) {
                cost += share[position] * newsvendor.cost(position);
                for (int units = 0; units <= 4; units++) {
                    double flow = share[position] * demand.probability(units);
                    boolean orders = position - units <= s;
                    next[orders ? orderUpTo : position - units] += flow;
                    cost += orders ? flow * 7 : 0;
                }
            }
            share = next;
        }
        assertThat(model.cost(s, orderUpTo)).isCloseTo(cost, within(1e-9));
        assertThat(model.costs(s, orderUpTo).total()).isCloseTo(cost, within(1e-9));
    }

    @Property(tries = 100)
    void noPoissonLotPolicyIsCheaper(
            @ForAll @DoubleRange(min = 0.2, max = 8) double rate,
            @ForAll @DoubleRange(min = 0, max = 4) double leadTime,
            @ForAll @DoubleRange(min = 0, max = 30) double orderCost,
            @ForAll @DoubleRange(min = 0.5, max = 30) double shortage) {
        PoissonContinuousReview model = new PoissonContinuousReview(orderCost, rate, leadTime, 1, shortage);
        StockPolicy best = model.optimal();
        double least = model.cost((int) best.reorderPoint(), (int) best.lot());
        for (int r = -25; r < 60; r++) {
            for (int quantity = 1; quantity < 40; quantity++) {
                assertThat(model.cost(r, quantity)).isGreaterThanOrEqualTo(least - ROUNDING);
            }
        }
    }

    @Property(tries = 60)
    void noNormalLotPolicyNearTheOptimumIsCheaper(
            @ForAll @DoubleRange(min = 0.5, max = 50) double orderCost,
            @ForAll @DoubleRange(min = 1, max = 40) double deviation,
            @ForAll @DoubleRange(min = 0.3, max = 30) double shortage) {
        NormalContinuousReview model =
                new NormalContinuousReview(orderCost, 100, new NormalDemand(80, deviation), 1, shortage);
        StockPolicy best = model.optimal();
        double least = model.cost(best.reorderPoint(), best.lot());
        for (double r = -0.6; r <= 0.6; r += 0.05) {
            for (double q = 0.3; q < 3; q += 0.05) {
                assertThat(model.cost(best.reorderPoint() + r * best.lot(), q * best.lot()))
                        .isGreaterThanOrEqualTo(least - ROUNDING);
            }
        }
        StockPolicy zheng = model.eoqWithBackorders();
        assertThat(model.cost(zheng.reorderPoint(), zheng.lot())).isLessThanOrEqualTo(1.125 * least);
    }

    @Property(tries = 100)
    void noNewsvendorLevelIsCheaper(
            @ForAll @DoubleRange(min = 0.2, max = 20) double mean,
            @ForAll @DoubleRange(min = 0.1, max = 20) double shortage) {
        Newsvendor model = new Newsvendor(DiscreteDemand.poisson(mean), 1, shortage);
        double least = model.cost(model.level());
        for (int level = 0; level < 80; level++) {
            assertThat(bruteForce(mean, level, shortage)).isGreaterThanOrEqualTo(least - ROUNDING);
        }
        assertThat(least).isCloseTo(bruteForce(mean, (int) model.level(), shortage), within(1e-9));
    }

    private static double bruteForce(double mean, int level, double shortage) {
        double cost = 0;
        double probability = Math.exp(-mean);
        for (int units = 0; units < 200; units++) {
            cost += probability * (Math.max(0, level - units) + shortage * Math.max(0, units - level));
            probability *= mean / (units + 1);
        }
        return cost;
    }

    @Test
    void baseStockOverSeveralPeriodsIsTheCheapestLevel() {
        BaseStock discrete = new BaseStock(List.of(
                new Newsvendor(DiscreteDemand.poisson(6), 1, 7), new Newsvendor(DiscreteDemand.poisson(9), 1, 7)));
        BaseStock normal = new BaseStock(
                List.of(new Newsvendor(new NormalDemand(60, 9), 1, 7), new Newsvendor(new NormalDemand(90, 12), 1, 7)));
        for (int level = 0; level < 200; level++) {
            assertThat(discrete.cost(level)).isGreaterThanOrEqualTo(discrete.cost(discrete.level()) - ROUNDING);
            assertThat(normal.cost(level)).isGreaterThanOrEqualTo(normal.cost(normal.level()) - ROUNDING);
        }
    }

    @Test
    void backorderedCostIsTheAreaUnderTheSawTooth() {
        BackorderedOrderQuantity model = new BackorderedOrderQuantity(10, 4, 2, 3);
        double holding = 0;
        double shortage = 0;
        int steps = 1_000_000;
        for (int i = 0; i < steps; i++) {
            double net = -5 + 20 * (i + 0.5) / steps;
            holding += 2 * Math.max(0, net) / steps;
            shortage += 3 * Math.max(0, -net) / steps;
        }
        assertThat(model.costs(-5, 20).holding()).isCloseTo(holding, within(1e-6));
        assertThat(model.costs(-5, 20).shortage()).isCloseTo(shortage, within(1e-6));
        assertThat(model.costs(-5, 20).ordering()).isCloseTo(2, within(1e-12));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new StockPolicy(5, 4)).hasMessageContaining("below the reorder point 5.0");
        assertThatThrownBy(() -> new EconomicOrderQuantity(1, 0, 1)).hasMessageContaining("demand rate is 0.0");
        assertThatThrownBy(() -> PeriodicReview.everyPeriod(DiscreteDemand.constant(0), 1, 1, 1))
                .hasMessageContaining("always 0");
        assertThatThrownBy(() -> new NormalContinuousReview(0, 10, new NormalDemand(1, 1), 1, 1).optimal())
                .hasMessageContaining("order cost is 0.0");
        assertThatThrownBy(
                        () -> new NormalContinuousReview(9, 1, new NormalDemand(1, 1), 5, 0.1).expectedInventoryLevel())
                .hasMessageContaining("less than holding the lot");
    }
}
