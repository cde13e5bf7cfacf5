package io.millrace.decisions.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SavingTest {

    /** A thousand items that save 3 ± 2 each: the mean's standard error is 2 / √1000, its interval 1.96 of them to each side. */
    @Test
    void theIntervalIsThatOfAMean() {
        SplittableRandom random = new SplittableRandom(4);
        double[] other = new double[1000];
        double[] ours = new double[1000];
        Arrays.fill(other, 10);
        Arrays.setAll(ours, i -> 7 + (i % 2 == 0 ? 2 : -2));
        Saving saving = Saving.of(other, ours, random);
        double half = 1.96 * 2 * Math.sqrt(1000);
        assertThat(saving.amount()).isCloseTo(3000, within(1e-6));
        assertThat(saving.amountLow()).isCloseTo(3000 - half, within(20.0));
        assertThat(saving.amountHigh()).isCloseTo(3000 + half, within(20.0));
        assertThat(saving.share()).isCloseTo(0.3, within(1e-9));
        assertThat(saving.shareLow()).isCloseTo(0.3 - half / 10_000, within(0.002));
        assertThat(Saving.of(other, ours, new SplittableRandom(4))).isEqualTo(saving);
        assertThatThrownBy(() -> Saving.of(other, new double[3], random)).hasMessageContaining("1000 and of 3 items");
    }
}
