package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void isotonicPoolsWhatViolatesTheOrder() {
        IsotonicCalibration calibration =
                IsotonicCalibration.fit(new double[] {1, 2, 3, 4, 5, 6}, new int[] {0, 1, 0, 0, 1, 1});
        assertThat(calibration.apply(1)).isZero();
        assertThat(calibration.apply(2)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(calibration.apply(4)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(calibration.apply(4.5)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(calibration.apply(-10)).isZero();
        assertThat(calibration.apply(10)).isEqualTo(1);
    }

    /** The isotonic fit at i is the largest, over starts up to i, of the least mean to an end from i on. */
    @Property
    void isotonicEqualsTheMaxMinFormula(@ForAll @Size(min = 1, max = 25) List<@IntRange(max = 1) Integer> drawn) {
        int[] labels = drawn.stream().mapToInt(Integer::intValue).toArray();
        double[] scores = new double[labels.length];
        Arrays.setAll(scores, i -> i);
        IsotonicCalibration calibration = IsotonicCalibration.fit(scores, labels);
        for (int i = 0; i < labels.length; i++) {
            double largest = 0;
            for (int from = 0; from <= i; from++) {
                double least = 1;
                for (int to = i; to < labels.length; to++) {
                    least = Math.min(
                            least, Arrays.stream(labels, from, to + 1).average().orElseThrow());
                }
                largest = Math.max(largest, least);
            }
            assertThat(calibration.apply(scores[i])).isCloseTo(largest, within(1e-9));
        }
    }

    @Test
    void plattFindsTheLogisticCurveThatDrewTheLabels() {
        SplittableRandom random = new SplittableRandom(7);
        double[] scores = new double[20_000];
        int[] labels = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextDouble(-3, 3);
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-2 * scores[i] + 1)) ? 1 : 0;
        }
        PlattCalibration calibration = PlattCalibration.fit(scores, labels);
        assertThat(calibration.slope()).isCloseTo(-2, within(0.08));
        assertThat(calibration.intercept()).isCloseTo(1, within(0.08));
    }

    @Test
    void plattStaysFiniteWhereTheClassesAreApart() {
        PlattCalibration calibration = PlattCalibration.fit(new double[] {1, 2, 3, 4}, new int[] {0, 0, 1, 1});
        // The smoothed targets are 1/4 and 3/4, and the curve is even about 2.5.
        assertThat(calibration.apply(2.5)).isCloseTo(0.5, within(1e-6));
        assertThat(calibration.apply(4)).isBetween(0.75, 0.95);
    }

    @Test
    void aRestoredCalibrationAppliesTheSame() {
        double[] scores = {0.1, 0.4, 0.35, 0.8, 0.7};
        int[] labels = {0, 0, 1, 1, 0};
        PlattCalibration platt = PlattCalibration.fit(scores, labels);
        IsotonicCalibration isotonic = IsotonicCalibration.fit(scores, labels);
        assertThat(PlattCalibration.ofParameters(platt.parameters()).apply(scores))
                .isEqualTo(platt.apply(scores));
        assertThat(IsotonicCalibration.ofParameters(isotonic.parameters()).apply(scores))
                .isEqualTo(isotonic.apply(scores));
    }

    @Test
    void refusesParametersThatAreNotACalibration() {
        assertThatThrownBy(() -> PlattCalibration.ofParameters(new double[3])).hasMessageContaining("2 parameters");
        assertThatThrownBy(() -> IsotonicCalibration.ofParameters(new double[3]))
                .hasMessageContaining("pairs");
        assertThatThrownBy(() -> IsotonicCalibration.ofParameters(new double[] {0, 0.5, 1, 0.4}))
                .hasMessageContaining("Pair 1");
    }
}
