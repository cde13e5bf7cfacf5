package io.millrace.models.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The published identities of the estimators. Expectations over what might have been drawn are exact, by going through every draw. */
class ValuationTest {

    private static final int ACTIONS = 3;

    /** Two contexts: rewards, propensities, and a policy that is no pure choice. */
    private static final double[][] REWARDS = {{1, 4, -2}, {0.5, 0, 3}};

    private static final double[][] PROPENSITIES = {{0.5, 0.2, 0.3}, {0.1, 0.6, 0.3}};
    private static final double[][] POLICY = {{0.2, 0.5, 0.3}, {0, 0, 1}};
    private static final double[][] WRONG_REWARDS = {{9, -9, 2}, {7, 1, 0}};
    private static final double[][] WRONG_PROPENSITIES = {{0.9, 0.05, 0.05}, {0.3, 0.3, 0.4}};

    private static final double TRUTH = (0.2 * 1 + 0.5 * 4 + 0.3 * -2 + 3) / 2;

    /** The mean of a figure over all nine logs of the two contexts, by how likely each is. */
    private static double expected(
            double[][] propensities, double[][] expectedRewards, ToDoubleFunction<Valuation.Values> figure) {
        double mean = 0;
        for (int a = 0; a < ACTIONS; a++) {
            for (int b = 0; b < ACTIONS; b++) {
                Valuation valuation = new Valuation(
                        new int[] {a, b},
                        new double[] {REWARDS[0][a], REWARDS[1][b]},
                        new double[] {propensities[0][a], propensities[1][b]},
                        expectedRewards);
                mean += PROPENSITIES[0][a] * PROPENSITIES[1][b] * figure.applyAsDouble(valuation.of(POLICY));
            }
        }
        return mean;
    }

    private static Valuation random(long seed, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 200;
        int[] taken = new int[rows];
        double[] rewards = new double[rows];
        double[] propensities = new double[rows];
        double[][] expected = new double[rows][ACTIONS];
        for (int i = 0; i < rows; i++) {
            taken[i] = random.nextInt(ACTIONS);
            rewards[i] = random.nextDouble() + shift;
            propensities[i] = 0.1 + 0.8 * random.nextDouble();
            Arrays.setAll(expected[i], a -> random.nextDouble());
        }
        return new Valuation(taken, rewards, propensities, expected);
    }

    private static double[][] choice(int rows) {
        int[] choice = new int[rows];
        Arrays.setAll(choice, i -> i % ACTIONS);
        return Valuation.choosing(choice, ACTIONS);
    }

    @Test
    void ipsIsUnbiasedUnderTheRightPropensities() {
        assertThat(expected(PROPENSITIES, WRONG_REWARDS, v -> v.ips().value())).isCloseTo(TRUTH, within(1e-12));
    }

    @Test
    void drIsUnbiasedIfEitherPropensitiesOrRewardsAreRight() {
        assertThat(expected(PROPENSITIES, WRONG_REWARDS, v -> v.dr().value())).isCloseTo(TRUTH, within(1e-12));
        assertThat(expected(WRONG_PROPENSITIES, REWARDS, v -> v.dr().value())).isCloseTo(TRUTH, within(1e-12));
        assertThat(expected(WRONG_PROPENSITIES, WRONG_REWARDS, v -> v.dr().value()))
                .isNotCloseTo(TRUTH, within(0.1));
    }

    @Test
    void drIsTheDirectMethodWithAPerfectModelAndIpsWithoutOne() {
        int[] taken = {1, 2};
        double[] rewards = {4, 3};
        double[] propensities = {0.2, 0.3};
        assertThat(new Valuation(taken, rewards, propensities, REWARDS)
                        .of(POLICY)
                        .dr()
                        .value())
                .isCloseTo(TRUTH, within(1e-12));
        Valuation.Values without = new Valuation(taken, rewards, propensities, new double[2][ACTIONS]).of(POLICY);
        assertThat(without.dr()).isEqualTo(without.ips());
    }

    @Test
    void aConstantAddedToAllRewardsIsAddedToSnipsAndNotToIps() {
        double[][] policy = choice(200);
        Valuation.Values plain = random(5, 0).of(policy);
        Valuation.Values shifted = random(5, 10).of(policy);

        assertThat(shifted.snips().value()).isCloseTo(plain.snips().value() + 10, within(1e-9));
        assertThat(shifted.snips().high() - shifted.snips().low())
                .isCloseTo(plain.snips().high() - plain.snips().low(), within(1e-9));
        assertThat(shifted.ips().value()).isNotCloseTo(plain.ips().value() + 10, within(0.1));
        assertThat(plain.snips().value()).isBetween(0.0, 1.0);
    }

    @Test
    void valuesOfAWorkedExample() {
        // Weights 2, 0, 4 and 0: rewards 1 and 3 count.
        Valuation valuation = new Valuation(
                new int[] {0, 1, 0, 1},
                new double[] {1, 5, 3, 7},
                new double[] {0.5, 0.5, 0.25, 0.75},
                new double[4][2]);
        Valuation.Values always = valuation.of(Valuation.always(0, 4, 2));

        assertThat(always.ips().value()).isEqualTo((2 * 1 + 4 * 3) / 4.0);
        assertThat(always.snips().value()).isCloseTo((2 * 1 + 4 * 3) / 6.0, within(1e-12));
        assertThat(always.effectiveRows()).isCloseTo(36.0 / 20, within(1e-12));
        // Scores 2, 0, 12, 0: mean 3.5, variance (2.25 + 12.25 + 72.25 + 12.25) / 3.
        double error = Math.sqrt(99.0 / 3 / 4);
        assertThat(always.ips().low()).isCloseTo(3.5 - 1.959964 * error, within(1e-9));
        assertThat(always.ips().high()).isCloseTo(3.5 + 1.959964 * error, within(1e-9));
    }

    @Test
    void thePolicyThatWasLoggedEarnsTheMeanByEveryWay() {
        double[] rewards = {1, 5, 3, 7};
        double[][] logged = Valuation.uniform(4, 2);
        Valuation valuation =
                new Valuation(new int[] {0, 1, 0, 1}, rewards, new double[] {0.5, 0.5, 0.5, 0.5}, new double[4][2]);

        assertThat(valuation.of(logged)).isEqualTo(valuation.logged());
        assertThat(valuation.gainOverLogged(logged)).isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void gainsArePairedAndThoseOfAPolicyOverItselfAreNone() {
        Valuation valuation = random(7, 0);
        double[][] first = Valuation.always(0, 200, ACTIONS);
        double[][] second = choice(200);
        Estimate gain = valuation.gain(second, first);

        assertThat(gain.value())
                .isCloseTo(
                        valuation.of(second).dr().value()
                                - valuation.of(first).dr().value(),
                        within(1e-12));
        assertThat(valuation.gain(first, first)).isEqualTo(new Estimate(0, 0, 0));
        // Rows on which both do the same add nothing to the spread, so it is less than that of the values together.
        double apart =
                (valuation.of(second).dr().high() - valuation.of(second).dr().low()) / 2;
        assertThat((gain.high() - gain.low()) / 2).isLessThan(1.5 * apart);
    }

    @Test
    void switchIsDrIfNoWeightStandsOutAndLessSpreadIfOneDoes() {
        int rows = 400;
        int[] taken = new int[rows];
        double[] rewards = new double[rows];
        double[] propensities = new double[rows];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < rows; i++) {
            taken[i] = i % 2;
            rewards[i] = random.nextGaussian();
            propensities[i] = 0.5;
        }
        double[][] always = Valuation.always(0, rows, 2);
        Valuation.Values even = new Valuation(taken, rewards, propensities, new double[rows][2]).of(always);
        assertThat(even.switchDr().value()).isEqualTo(even.dr().value());

        propensities[0] = 0.0005;
        rewards[0] = 3;
        Valuation.Values one = new Valuation(taken, rewards, propensities, new double[rows][2]).of(always);
        assertThat(one.switchDr().value()).isNotEqualTo(one.dr().value());
        assertThat(Math.abs(one.switchDr().value()))
                .isLessThan(Math.abs(one.dr().value()));
        assertThat(one.switchDr().low()).isBetween(one.dr().low(), 0.0);
        assertThat(one.switchDr().high()).isBetween(0.0, one.dr().high());
    }

    @Test
    void anActionThatNoPolicyTakesWeighsNothing() {
        Valuation valuation = new Valuation(
                new int[] {0, ContactLog.OTHER}, new double[] {2, 100}, new double[] {0.5, 1}, new double[][] {
                    {1, 0}, {1, 0}
                });

        assertThat(valuation.of(Valuation.always(0, 2, 2)).ips().value()).isEqualTo(2);
        assertThat(valuation.of(Valuation.always(0, 2, 2)).dr().value()).isEqualTo((1 + 2 * (2 - 1) + 1) / 2.0);
        assertThat(valuation.of(Valuation.always(1, 2, 2)).snips().value()).isNaN();
        assertThat(valuation.logged().dr().value()).isEqualTo(51);
    }

    @Test
    void whatIsNotOneEachARowIsRefused() {
        assertThatThrownBy(() -> new Valuation(new int[2], new double[1], new double[2], new double[2][]))
                .hasMessageContaining("one each a row");
    }
}
