package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {

    private static final double[] SCORES = {0.9, 0.8, 0.4, 0.35, 0.1};
    private static final int[] LABELS = {1, 0, 1, 0, 0};

    @Test
    void countsDecisionsFromTheThresholdOn() {
        assertThat(ConfusionMatrix.at(0.4, SCORES, LABELS)).isEqualTo(new ConfusionMatrix(2, 1, 2, 0));
        ClassificationMetrics metrics = ClassificationMetrics.of(SCORES, LABELS, 0.5);
        assertThat(metrics.accuracy()).isEqualTo(0.6);
        assertThat(metrics.precision()).isEqualTo(0.5);
        assertThat(metrics.recall()).isEqualTo(0.5);
        assertThat(metrics.f1()).isEqualTo(0.5);
    }

    @Test
    void ranksAndScoresAsComputedByHand() {
        ClassificationMetrics metrics = ClassificationMetrics.of(SCORES, LABELS, 0.5);
        // Of 6 pairs of a positive and a negative row, 5 are in order; precision is 1/1 and 2/3 at the positive rows.
        assertThat(metrics.auc()).isCloseTo(5.0 / 6, within(1e-12));
        assertThat(metrics.averagePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
        assertThat(metrics.brier()).isCloseTo((0.01 + 0.64 + 0.36 + 0.1225 + 0.01) / 5, within(1e-12));
        double likelihood = Math.log(0.9) + Math.log(0.2) + Math.log(0.4) + Math.log(0.65) + Math.log(0.9);
        assertThat(metrics.logLoss()).isCloseTo(-likelihood / 5, within(1e-12));
        assertThat(metrics.asMap())
                .containsOnlyKeys(
                        "accuracy", "precision", "recall", "f1", "auc", "average_precision", "log_loss", "brier");
    }

    @Property
    void aucIsTheShareOfPairsInOrderWithTiesCountedHalf(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(max = 9) Integer> drawn) {
        int[] cells = drawn.stream().mapToInt(Integer::intValue).toArray();
        double[] scores = new double[cells.length];
        int[] labels = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            scores[i] = cells[i] / 2.0 - 0.5 * (cells[i] % 2);
            labels[i] = cells[i] % 2;
        }
        double wins = 0;
        double pairs = 0;
        for (int p = 0; p < cells.length; p++) {
            for (int n = 0; n < cells.length; n++) {
                if (labels[p] == 1 && labels[n] == 0) {
                    pairs++;
                    wins += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
                }
            }
        }
        if (pairs == 0) {
            assertThat(Ranking.auc(scores, labels)).isNaN();
        } else {
            assertThat(Ranking.auc(scores, labels)).isCloseTo(wins / pairs, within(1e-12));
        }
    }

    @Test
    void aSureAndWrongProbabilityCostsMuchButNotInfinitelyMuch() {
        assertThat(ProbabilityScore.logLoss(new double[] {0}, new int[] {1})).isBetween(30.0, 40.0);
    }

    @Test
    void refusesWhatIsNotAScoreOrALabel() {
        assertThatThrownBy(() -> Ranking.auc(new double[] {1}, new int[] {1, 0}))
                .hasMessageContaining("1 scores and 2");
        assertThatThrownBy(() -> Ranking.auc(new double[] {1, Double.NaN}, new int[] {1, 0}))
                .hasMessageContaining("Row 1");
        assertThatThrownBy(() -> Ranking.auc(new double[] {1, 2}, new int[] {1, 2}))
                .hasMessageContaining("label 2");
        assertThatThrownBy(() -> ProbabilityScore.brier(new double[] {1.5}, new int[] {1}))
                .hasMessageContaining("probability 1.5");
    }
}
