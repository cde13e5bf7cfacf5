package io.millrace.models.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StackingTest {

    private final SplittableRandom random = new SplittableRandom(1);

    private double[] noise(int size) {
        double[] noise = new double[size];
        Arrays.setAll(noise, i -> random.nextGaussian());
        return noise;
    }

    @Test
    void theTruthGetsAllTheWeightAndItsContraryNone() {
        double[] truth = noise(300);
        double[] contrary = Arrays.stream(truth).map(x -> -x).toArray();
        Stacking stacking = Stacking.fit(List.of(contrary, truth), truth, 0);

        assertThat(stacking.weights()).containsExactly(new double[] {0, 1}, within(1e-6));
        assertThat(stacking.of(-3, 3)).isCloseTo(3, within(1e-5));
    }

    @Test
    void twoThatErrApartCountAlikeAndWhatTellsNothingLeavesTheConstant() {
        double[] truth = noise(4_000);
        double[] first = noise(4_000);
        double[] second = noise(4_000);
        for (int i = 0; i < truth.length; i++) {
            first[i] += truth[i];
            second[i] += truth[i];
        }
        // Least squares on two forecasts of variance 2 and covariance 1 gives each a third.
        assertThat(Stacking.fit(List.of(first, second), truth, 0).weights())
                .containsExactly(new double[] {1.0 / 3, 1.0 / 3}, within(0.03));
        Stacking none = Stacking.fit(List.of(noise(4_000)), truth, 0);
        assertThat(none.of(8)).isCloseTo(0, within(0.4));
    }

    @Test
    void aForecastThatNeverVariesIsNoTrouble() {
        assertThat(Stacking.fit(List.of(new double[] {2, 2, 2}), new double[] {1, 2, 3}, 2)
                        .of(2))
                .isEqualTo(2);
    }
}
