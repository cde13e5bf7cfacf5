package io.millrace.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StableHashTest {

    /** Published once, relied on ever after: another value would redraw every control group. */
    @Test
    void valuesDoNotChangeBetweenVersions() {
        assertThat(StableHash.uniform(42, "SPRING", "C-1")).isEqualTo(0.6895837855462664);
    }

    @Test
    void keysAreNotRunTogether() {
        assertThat(StableHash.of(1, "ab", "c")).isNotEqualTo(StableHash.of(1, "a", "bc"));
        assertThat(StableHash.of(1, "ab", "c")).isNotEqualTo(StableHash.of(2, "ab", "c"));
    }

    @Test
    void neighbouringKeysAreUniform() {
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            tenths[(int) (10 * StableHash.uniform(7, "campaign", "C" + i))]++;
        }
        double chiSquare = 0;
        for (int count : tenths) {
            chiSquare += (count - 10_000.0) * (count - 10_000.0) / 10_000;
        }
        assertThat(chiSquare).as("9 degrees of freedom, 99.9 %% quantile").isLessThan(27.88);
    }
}
