package io.millrace.decisions.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OfferOptimizerTest {

    private static final double MANY = Double.POSITIVE_INFINITY;

    /** Up to four offers a customer; values may be below 0. */
    private static OfferProblem random(int customers, long seed, double budget, double... capacity) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] first = new int[customers + 1];
        double[] value = new double[4 * customers];
        double[] cost = new double[4 * customers];
        int[] channel = new int[4 * customers];
        for (int i = 0; i < customers; i++) {
            int offers = random.nextInt(5);
            first[i + 1] = first[i] + offers;
            for (int j = first[i]; j < first[i + 1]; j++) {
                cost[j] = random.nextInt(6) == 0 ? 0 : 0.5 + 5 * random.nextDouble();
                value[j] = cost[j] * 3 * random.nextDouble() + 4 * random.nextDouble() - 2;
                channel[j] = random.nextInt(capacity.length);
            }
        }
        int all = first[customers];
        return new OfferProblem(
                first,
                Arrays.copyOf(value, all),
                Arrays.copyOf(cost, all),
                Arrays.copyOf(channel, all),
                budget,
                capacity);
    }

    /** The most that customers from {@code customer} on can bring, by trying everything. */
    private static double enumerated(OfferProblem p, int customer, double budget, double[] capacity) {
        if (customer == p.customers()) {
            return 0;
        }
        double best = enumerated(p, customer + 1, budget, capacity);
        for (int j = p.first()[customer]; j < p.first()[customer + 1]; j++) {
            if (p.cost()[j] <= budget && capacity[p.channel()[j]] >= 1) {
                capacity[p.channel()[j]]--;
                best = Math.max(best, p.value()[j] + enumerated(p, customer + 1, budget - p.cost()[j], capacity));
                capacity[p.channel()[j]]++;
            }
        }
        return best;
    }

    private static void requireFeasible(OfferProblem p, OfferPlan plan) {
        double[] left = p.capacity().clone();
        double cost = 0;
        double value = 0;
        for (int i = 0; i < p.customers(); i++) {
            int chosen = plan.chosen()[i];
            if (chosen != OfferPlan.NONE) {
                assertThat(chosen).isBetween(p.first()[i], p.first()[i + 1] - 1);
                left[p.channel()[chosen]]--;
                cost += p.cost()[chosen];
                value += p.value()[chosen];
            }
        }
        assertThat(cost).isLessThanOrEqualTo(p.budget() + 1e-6).isCloseTo(plan.cost(), within(1e-6));
        assertThat(value).isCloseTo(plan.value(), within(1e-6));
        assertThat(Arrays.stream(left).min().orElse(0)).isGreaterThanOrEqualTo(0);
    }

    @Property(tries = 300)
    void thePlanIsTheBestOfAll(
            @ForAll @IntRange(min = 0, max = 8) int customers,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 20) double budget) {
        OfferProblem problem = random(customers, seed, budget, 2, 1, MANY);
        OfferPlan plan = new OfferOptimizer(1_000_000).plan(problem);

        requireFeasible(problem, plan);
        assertThat(plan.value())
                .isCloseTo(enumerated(problem, 0, budget, problem.capacity().clone()), within(1e-6));
        assertThat(plan.gap()).isLessThan(1e-8);
    }

    @Property(tries = 100)
    void theBoundIsAboveTheBestAndThePlanWithoutASearchBelow(
            @ForAll @IntRange(min = 0, max = 8) int customers,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 20) double budget) {
        OfferProblem problem = random(customers, seed, budget, 2, 2);
        OfferPlan plan = new OfferOptimizer(0).plan(problem);
        double best = enumerated(problem, 0, budget, problem.capacity().clone());

        requireFeasible(problem, plan);
        assertThat(plan.bound()).isGreaterThanOrEqualTo(best - 1e-6);
        assertThat(plan.value()).isBetween(0.0, best + 1e-6);
    }

    @Test
    void atScaleTheGapIsTold() {
        for (double[] capacity : new double[][] {{MANY, MANY, MANY}, {2_000, MANY, 500}, {300, 300, 300}}) {
            OfferProblem problem = random(50_000, 7, 20_000, capacity);
            OfferPlan plan = new OfferOptimizer(0).plan(problem);
            requireFeasible(problem, plan);
            assertThat(plan.gap()).isLessThan(0.002);
        }
    }

    /** The most valuable offer has the worse ratio, and still is right for one of the two: ranking either alone is wrong. */
    @Test
    void aStepIsJudgedByWhatItBringsForWhatItCosts() {
        OfferProblem problem = new OfferProblem(
                new int[] {0, 2, 4},
                new double[] {10, 13, 9, 30},
                new double[] {1, 5, 1, 5},
                new int[] {0, 1, 0, 1},
                6,
                new double[] {MANY, MANY});
        OfferPlan plan = new OfferOptimizer(0).plan(problem);

        assertThat(plan.chosen()).containsExactly(0, 3);
        assertThat(plan.value()).isEqualTo(40);
        assertThat(plan.gap()).isLessThan(1e-8);
    }

    @Test
    void aScarceChannelGoesToWhoeverGainsMostByIt() {
        // Both would be called; the first loses 1 by a mail, the second 6.
        OfferProblem problem = new OfferProblem(
                new int[] {0, 2, 4},
                new double[] {10, 9, 8, 2},
                new double[4],
                new int[] {0, 1, 0, 1},
                0,
                new double[] {1, MANY});
        OfferPlan plan = new OfferOptimizer(1_000).plan(problem);

        assertThat(plan.chosen()).containsExactly(1, 2);
        assertThat(plan.channelPrices()[0]).isBetween(1.0 - 1e-9, 6.0);
    }

    @Test
    void whatBringsNothingIsLeftAloneAndWhatIsFreeIsTaken() {
        OfferProblem problem = new OfferProblem(
                new int[] {0, 1, 1, 2}, new double[] {-1, 2}, new double[] {0, 0}, new int[] {0, 0}, 0, new double[] {
                    MANY
                });
        OfferPlan plan = new OfferOptimizer(10).plan(problem);

        assertThat(plan.chosen()).containsExactly(OfferPlan.NONE, OfferPlan.NONE, 1);
        assertThat(new OfferOptimizer(10)
                        .plan(new OfferProblem(new int[1], new double[0], new double[0], new int[0], 1, new double[0]))
                        .gap())
                .isZero();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() ->
                        new OfferProblem(new int[] {0, 2}, new double[1], new double[1], new int[1], 1, new double[1]))
                .hasMessageContaining("one each an offer");
        assertThatThrownBy(() -> new OfferProblem(
                        new int[] {0, 1}, new double[1], new double[] {-1}, new int[1], 1, new double[1]))
                .hasMessageContaining("cost of an offer is -1.0");
        assertThatThrownBy(() -> new OfferProblem(
                        new int[] {0, 1}, new double[1], new double[1], new int[] {1}, 1, new double[1]))
                .hasMessageContaining("channel 1 of an offer is none of 1");
    }
}
