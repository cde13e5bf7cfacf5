package io.millrace.models.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentationTest {

    /** Customers of three kinds: days since the last order, orders, and money, which is as skewed as money is. */
    private static double[][] customers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double recency = new double[] {10, 60, 250}[i % 3] * Math.exp(0.2 * random.nextGaussian());
                    double orders = new double[] {40, 8, 1}[i % 3] * Math.exp(0.2 * random.nextGaussian());
                    double money = new double[] {9000, 700, 60}[i % 3] * Math.exp(0.3 * random.nextGaussian());
                    return new double[] {recency, orders, money};
                })
                .toArray(double[][]::new);
    }

    private static int[] kinds(int count) {
        return IntStream.range(0, count).map(i -> i % 3).toArray();
    }

    private static int[] groups(Segmentation segmentation, double[][] rows) {
        return Arrays.stream(rows).mapToInt(segmentation::of).toArray();
    }

    @Test
    void kindsThatAreThereAreFoundInTheirNumber() {
        double[][] rows = customers(900, 1);
        Segmentation found = Segmentation.of(rows, 8, 42);
        assertThat(found.count()).isEqualTo(3);
        assertThat(found.chosen().stability()).isGreaterThan(0.95);
        assertThat(ClusterMetrics.adjustedRand(groups(found, rows), kinds(900))).isGreaterThan(0.95);
        assertThat(found.ways()).extracting(Segmentation.Figures::name).containsExactly("kmeans", "gmm", "dbscan");
    }

    @Test
    void aFewWhoSpendAThousandTimesAsMuchGetNoGroupOfTheirOwnByAccident() {
        double[][] rows = customers(900, 2);
        rows[0] = new double[] {1, 5000, 9e7};
        rows[3] = new double[] {1, 6000, 8e7};
        Segmentation found = Segmentation.of(rows, 8, 42);
        int[] groups = groups(found, rows);
        assertThat(ClusterMetrics.adjustedRand(groups, kinds(900))).isGreaterThan(0.85);
        if (groups[0] >= 0) {
            assertThat(Arrays.stream(groups).filter(g -> g == groups[0]).count())
                    .isGreaterThan(50);
        }
    }

    @Test
    void theSameSeedGivesTheSameGroups() {
        double[][] rows = customers(300, 3);
        assertThat(groups(Segmentation.of(rows, 5, 7), rows)).isEqualTo(groups(Segmentation.of(rows, 5, 7), rows));
    }

    @Test
    void noiseHasNoStableGroupsThatAreClear() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] rows = IntStream.range(0, 400)
                .mapToObj(i -> new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()})
                .toArray(double[][]::new);
        Segmentation found = Segmentation.of(rows, 6, 42);
        assertThat(found.chosen().silhouette()).isLessThan(0.35);
        assertThat(found.chosen().isUsable()).as("%s", found.chosen()).isFalse();
    }

    @Test
    void dataWithoutGroupsAreRefused() {
        assertThatThrownBy(() -> Segmentation.of(customers(9, 1), 5, 1)).hasMessageContaining("at least ten rows");
        double[][] same =
                IntStream.range(0, 20).mapToObj(i -> new double[] {1, 2}).toArray(double[][]::new);
        assertThatThrownBy(() -> Segmentation.of(same, 5, 1)).hasMessageContaining("all rows are the same");
    }

    @Test
    void theRandIndexIsOneForTheSameGroupsAndLessThanNothingForCrossedOnes() {
        int[] a = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2};
        assertThat(ClusterMetrics.adjustedRand(a, a)).isEqualTo(1);
        assertThat(ClusterMetrics.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}))
                .isEqualTo(-0.5, within(1e-12));
        assertThat(ClusterMetrics.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}))
                .isEqualTo(4.0 / 7, within(1e-12));
        assertThat(ClusterMetrics.adjustedRand(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}))
                .isEqualTo(4.0 / 7, within(1e-12));
    }

    @Test
    void silhouetteAndDaviesBouldinByHand() {
        double[][] rows = {{0}, {2}, {10}, {12}};
        int[] groups = {0, 0, 1, 1};
        // Each row is 2 from its own; the outer ones 11 from the others, the inner ones 9.
        assertThat(ClusterMetrics.silhouette(rows, groups, 1))
                .isEqualTo(((1 - 2.0 / 11) + (1 - 2.0 / 9)) / 2, within(1e-12));
        assertThat(ClusterMetrics.daviesBouldin(rows, groups)).isEqualTo(0.2, within(1e-12));
        assertThat(ClusterMetrics.silhouette(rows, new int[] {0, 0, 0, 0}, 1)).isNaN();
        assertThat(ClusterMetrics.daviesBouldin(rows, new int[] {0, 0, -1, -1})).isNaN();
    }
}
