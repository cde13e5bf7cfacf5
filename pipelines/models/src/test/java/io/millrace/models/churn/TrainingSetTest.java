package io.millrace.models.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is seen of rows before anything is learned from them. */
class TrainingSetTest {

    private static final double NONE = Double.NaN;

    private static TrainingSet of(int[] labels, double... values) {
        double[][] rows = new double[values.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {i % 2, values[i]};
        }
        return TrainingSet.independent(List.of("noise", "feature"), rows, labels);
    }

    @Test
    void aFeatureThatAloneTellsTheClassesApartIsNamed() {
        int[] labels = {0, 0, 1, 1, 1};

        assertThat(of(labels, 1, 2, 3, 4, 5).separating()).contains("feature");
        assertThat(of(labels, 5, 4, 3, 2, 1).separating()).contains("feature");
        assertThat(of(labels, NONE, NONE, 1, 7, 2).separating()).contains("feature");
        assertThat(of(labels, 4, NONE, 3, 1, 2).separating()).contains("feature");
    }

    @Test
    void oneThatDoesSoForAllButOneRowIsNot() {
        assertThat(of(new int[] {0, 0, 1, 1, 1}, 1, 3, 3, 4, 5).separating()).isEmpty();
        assertThat(of(new int[] {0, 0, 1, 1, 1}, 1, NONE, 3, NONE, 5).separating())
                .isEmpty();
        assertThat(of(new int[] {1, 1, 1}, 1, 2, 3).separating()).isEmpty();
    }
}
