package io.millrace.models.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.metrics.PlattCalibration;
import io.millrace.models.metrics.ProbabilityScore;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Weights of members whose worth is known. */
class BlendTest {

    private static final int MANY = 20_000;

    private final SplittableRandom random = new SplittableRandom(7);

    private double[] normal(int size) {
        return IntStream.range(0, size).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private int[] labels(double[] logOdds) {
        return Arrays.stream(logOdds)
                .mapToInt(m -> random.nextDouble() < 1 / (1 + Math.exp(-m)) ? 1 : 0)
                .toArray();
    }

    private static double[] sum(double a, double[] x, double b, double[] y) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> a * x[i] + b * y[i])
                .toArray();
    }

    @Test
    void manyRowsFindTheWeightsThatTheLabelsWereDrawnWith() {
        double[] first = normal(MANY);
        double[] second = normal(MANY);
        Blend blend = Blend.fit(List.of(first, second), labels(sum(1.5, first, 0.5, second)));

        assertThat(blend.weights()).allSatisfy(w -> assertThat(w).isPositive());
        assertThat(blend.weights().get(0)).isCloseTo(0.75, within(0.03));
        assertThat(blend.calibration().slope()).isCloseTo(-2, within(0.1));
        assertThat(blend.calibration().intercept()).isCloseTo(0, within(0.06));
    }

    @Test
    void whatOnlyMisleadsGetsNoWeight() {
        double[] good = normal(MANY);
        double[] bad = Arrays.stream(good).map(m -> -m + random.nextGaussian()).toArray();
        Blend blend = Blend.fit(List.of(bad, good), labels(good));

        assertThat(blend.weights()).containsExactly(0.0, 1.0);
        assertThat(blend.only(new int[] {1}).margins(List.of(good))).isEqualTo(blend.margins(List.of(bad, good)));
    }

    @Test
    void whereEveryMemberMisleadsEverybodyHasTheSameProbability() {
        double[] none = normal(MANY);
        double[] opposite = Arrays.stream(normal(MANY)).map(m -> 3 * m).toArray();
        int[] labels = labels(sum(-1, none, -1, opposite));
        double[] probabilities =
                Blend.fit(List.of(none, opposite), labels).calibration().apply(new double[] {-3, 0, 3});

        double share = Arrays.stream(labels).sum() / (double) MANY;
        assertThat(probabilities).containsExactly(new double[] {share, share, share}, within(1e-6));
    }

    @Test
    void fewRowsGiveNearlyTheMeanOfTheMembers() {
        int few = 16;
        double[] first = normal(few);
        double[] second = normal(few);
        Blend blend = Blend.fit(List.of(first, second), labels(first));

        assertThat(blend.weights().get(0)).isBetween(0.4, 0.85);
    }

    @Test
    void theBlendOfTwoThatSeeDifferentThingsIsBetterThanEither() {
        double[] first = normal(MANY);
        double[] second = normal(MANY);
        int[] labels = labels(sum(1, first, 1, second));
        List<double[]> members = List.of(first, second);
        Blend blend = Blend.fit(members, labels);
        double together = ProbabilityScore.logLoss(blend.calibration().apply(blend.margins(members)), labels);

        for (double[] member : members) {
            double alone = ProbabilityScore.logLoss(
                    Blend.fit(List.of(member), labels).calibration().apply(member), labels);
            assertThat(together).isLessThan(alone - 0.05);
        }
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        PlattCalibration calibration = new PlattCalibration(-1, 0);
        assertThatThrownBy(() -> new Blend(List.of(0.5, 0.6), calibration)).hasMessageContaining("of sum 1");
        assertThatThrownBy(() -> new Blend(List.of(-0.5, 1.5), calibration)).hasMessageContaining("none below 0");
        assertThatThrownBy(() -> new Blend(List.of(), calibration)).hasMessageContaining("at least one");
    }
}
