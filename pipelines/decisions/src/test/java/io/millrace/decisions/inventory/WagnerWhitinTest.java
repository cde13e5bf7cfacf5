package io.millrace.decisions.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.StableHash;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WagnerWhitinTest {

    /** Snyder and Shen, Fundamentals of Supply Chain Theory, example 3.9. */
    @Test
    void textbookExample() {
        WagnerWhitin.Plan plan = new WagnerWhitin(500, 2).plan(new double[] {90, 120, 80, 70});
        assertThat(plan.cost()).isEqualTo(1380);
        assertThat(plan.lots()).containsExactly(210, 0, 150, 0);
    }

    @Test
    void nothingAskedForIsNotOrdered() {
        WagnerWhitin.Plan plan = new WagnerWhitin(5, 1).plan(new double[] {0, 0, 3, 0, 1});
        assertThat(plan.lots()).containsExactly(0, 0, 4, 0, 0);
        assertThat(plan.cost()).isEqualTo(7);
        assertThat(new WagnerWhitin(5, 1).plan(new double[4]).cost()).isZero();
    }

    /** Steady demand, of which one lot is the economic one. */
    @Test
    void steadyDemandIsOrderedInEconomicLots() {
        double[] demand = new double[60];
        Arrays.fill(demand, 10);
        WagnerWhitin.Plan plan = new WagnerWhitin(180, 1).plan(demand);
        assertThat(plan.lots()[0]).as("√(2 · 180 · 10 / 1)").isEqualTo(60);
        assertThat(plan.cost()).isEqualTo(10 * (180 + 10 * (1 + 2 + 3 + 4 + 5)));
    }

    @Property(tries = 200)
    void noOtherChoiceOfOrderPeriodsIsCheaper(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int periods) {
        SplittableRandom random = StableHash.random(seed, "demand");
        double[] demand = new double[periods];
        Arrays.setAll(demand, i -> random.nextInt(4) == 0 ? 0 : random.nextInt(50));
        double orderCost = random.nextInt(200);
        double holding = random.nextInt(4);
        WagnerWhitin.Plan plan = new WagnerWhitin(orderCost, holding).plan(demand);
        double best = Double.POSITIVE_INFINITY;
        for (int orders = 0; orders < 1 << periods; orders++) {
            best = Math.min(best, cost(demand, orders, orderCost, holding));
        }
        assertThat(plan.cost()).isCloseTo(best, within(1e-9));
        double stock = 0;
        double paid = 0;
        for (int period = 0; period < periods; period++) {
            stock += plan.lots()[period] - demand[period];
            assertThat(stock).isNotNegative();
            paid += holding * stock + (plan.lots()[period] > 0 ? orderCost : 0);
        }
        assertThat(paid).isCloseTo(plan.cost(), within(1e-9));
    }

    /** Orders in the periods of the bits, each for all demand up to the next; infinite if something runs short. */
    private static double cost(double[] demand, int orders, double orderCost, double holding) {
        double cost = 0;
        int latest = -1;
        for (int period = 0; period < demand.length; period++) {
            if ((orders >> period & 1) == 1) {
                latest = period;
                cost += orderCost;
            }
            if (demand[period] > 0) {
                cost += latest < 0 ? Double.POSITIVE_INFINITY : holding * (period - latest) * demand[period];
            }
        }
        return cost;
    }
}
