package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlattCalibrationTest {

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
        assertThat(PlattCalibration.ofParameters(platt.parameters()).apply(scores))
                .isEqualTo(platt.apply(scores));
    }

    @Test
    void refusesParametersThatAreNotACalibration() {
        assertThatThrownBy(() -> PlattCalibration.ofParameters(new double[3])).hasMessageContaining("2 parameters");
    }
}
