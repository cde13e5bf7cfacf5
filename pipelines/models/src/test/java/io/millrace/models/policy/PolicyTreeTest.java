package io.millrace.models.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The tree that earns most, against trying every tree. */
class PolicyTreeTest {

    private static double earned(PolicyTree tree, double[][] rows, double[][] scores) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += scores[i][Lesson.best(tree.means(rows[i]))];
        }
        return sum;
    }

    /** Sum of the best action's scores over rows on one side of up to two cuts. */
    private static double bestOf(double[][] rows, double[][] scores, boolean[] in) {
        double[] sums = new double[scores[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int a = 0; in[i] && a < sums.length; a++) {
                sums[a] += scores[i][a];
            }
        }
        return Arrays.stream(sums).max().orElseThrow();
    }

    private static double bestSplit(double[][] rows, double[][] scores, boolean[] in) {
        double best = bestOf(rows, scores, in);
        for (int j = 0; j < rows[0].length; j++) {
            for (double[] at : rows) {
                boolean[] left = new boolean[rows.length];
                boolean[] right = new boolean[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    left[i] = in[i] && rows[i][j] <= at[j];
                    right[i] = in[i] && rows[i][j] > at[j];
                }
                best = Math.max(best, bestOf(rows, scores, left) + bestOf(rows, scores, right));
            }
        }
        return best;
    }

    @Test
    void itEarnsAsMuchAsTheBestOfAllTreesOfTwoLevels() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] rows = new double[15][3];
            double[][] scores = new double[15][3];
            for (int i = 0; i < rows.length; i++) {
                Arrays.setAll(rows[i], j -> random.nextInt(6));
                Arrays.setAll(scores[i], a -> random.nextGaussian());
            }
            double best = 0;
            for (int j = 0; j < 3; j++) {
                for (double[] at : rows) {
                    boolean[] left = new boolean[rows.length];
                    boolean[] right = new boolean[rows.length];
                    for (int i = 0; i < rows.length; i++) {
                        left[i] = rows[i][j] <= at[j];
                        right[i] = !left[i];
                    }
                    best = Math.max(best, bestSplit(rows, scores, left) + bestSplit(rows, scores, right));
                }
            }
            assertThat(earned(PolicyTree.fit(rows, scores), rows, scores))
                    .as("seed %d", seed)
                    .isCloseTo(best, within(1e-9));
        }
    }

    @Test
    void whatDependsOnTwoFeaturesTogetherIsFoundAndMissingValuesGoLeft() {
        double[][] rows = new double[400][2];
        double[][] scores = new double[400][2];
        for (int i = 0; i < rows.length; i++) {
            boolean a = i % 2 == 0;
            boolean b = i % 4 < 2;
            rows[i] = new double[] {a ? Double.NaN : 1 + i % 3, b ? 5 : 7};
            scores[i] = new double[] {a == b ? 1 : 0, a == b ? 0 : 1};
            rows[i][0] = a && i % 8 == 0 ? 0 : rows[i][0];
        }
        assertThat(earned(PolicyTree.fit(rows, scores), rows, scores)).isEqualTo(400);
    }

    @Test
    void withoutAnythingToSplitOnItIsOneLeaf() {
        PolicyTree tree = PolicyTree.fit(new double[][] {{1}, {1}}, new double[][] {{1, 2}, {3, 6}});
        assertThat(tree.means(new double[] {9})).containsExactly(2, 4);
    }
}
