package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MulticlassMetricsTest {

    @Test
    void countsByHand() {
        int[] labels = {0, 0, 0, 0, 1, 1, 2, 2};
        int[] said = {0, 0, 0, 1, 1, 0, 2, 1};

        MulticlassMetrics metrics = MulticlassMetrics.of(said, labels, 3);

        assertThat(metrics.accuracy()).isEqualTo(5 / 8.0);
        assertThat(metrics.precision()).isCloseTo((3 / 4.0 + 1 / 3.0 + 1) / 3, within(1e-12));
        assertThat(metrics.recall()).isCloseTo((3 / 4.0 + 1 / 2.0 + 1 / 2.0) / 3, within(1e-12));
        assertThat(metrics.macroF1()).isCloseTo((6 / 8.0 + 2 / 5.0 + 2 / 3.0) / 3, within(1e-12));
    }

    @Test
    void aClassThatNeitherStandsNorIsSaidDoesNotCount() {
        MulticlassMetrics metrics = MulticlassMetrics.of(new int[] {0, 1}, new int[] {0, 1}, 5);
        assertThat(metrics.macroF1()).isEqualTo(1);

        MulticlassMetrics unknown = MulticlassMetrics.of(new int[] {0, 1}, new int[] {0, 4}, 5);
        assertThat(unknown.macroF1()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(unknown.recall()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void answersWithoutLabelsAreRefused() {
        assertThatThrownBy(() -> MulticlassMetrics.of(new int[1], new int[2], 2))
                .hasMessageContaining("1 answers for 2 labels");
        assertThatThrownBy(() -> MulticlassMetrics.of(new int[0], new int[0], 2))
                .hasMessageContaining("at least one");
    }
}
