package io.millrace.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.metrics.Ranking;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnomalyDetectorTest {

    /** Rows of four columns: two that go together, one of another unit, one that is a code of three values. */
    private static double[][] usual(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, rows)
                .mapToObj(i -> {
                    double size = random.nextGaussian();
                    return new double[] {
                        size, size + 0.1 * random.nextGaussian(), 1000 + 50 * random.nextGaussian(), random.nextInt(3)
                    };
                })
                .toArray(double[][]::new);
    }

    private static double[][] with(double[][] rows, double[]... more) {
        double[][] all = Arrays.copyOf(rows, rows.length + more.length);
        System.arraycopy(more, 0, all, rows.length, more.length);
        return all;
    }

    private static int strangest(double[] scores) {
        return IntStream.range(0, scores.length)
                .reduce((a, b) -> scores[a] >= scores[b] ? a : b)
                .orElseThrow();
    }

    @Test
    void aValueThatIsFarOutIsFoundAndItsFieldIsNamedWithWhatWasExpected() {
        double[] strange = {0.5, 0.5, 4000, 1};
        double[][] rows = with(usual(500, 1), strange);
        AnomalyDetector detector = AnomalyDetector.among(rows, 42);
        assertThat(strangest(detector.scores(rows))).isEqualTo(500);

        AnomalyDetector.Field field = detector.explain(strange).get(0);
        assertThat(field.column()).isEqualTo(2);
        assertThat(field.observed()).isEqualTo(4000);
        assertThat(field.expected()).isEqualTo(1000, within(60.0));
    }

    @Test
    void valuesThatAreUsualEachByItselfAndDoNotGoTogetherAreFound() {
        double[] strange = {1.5, -1.5, 1000, 1};
        double[][] known = usual(500, 2);
        AnomalyDetector detector = AnomalyDetector.ofNew(known, 42);
        double[] scores = detector.scores(with(usual(500, 3), strange));
        assertThat(strangest(scores)).isEqualTo(500);
        assertThat(detector.explain(strange).get(0).column()).isLessThan(2);
    }

    @Test
    void aCrowdOfStrangeRowsDoesNotHideItselfNorTeachThatItIsUsual() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] crowd = IntStream.range(0, 50)
                .mapToObj(i ->
                        new double[] {3 + 0.05 * random.nextGaussian(), -3 + 0.05 * random.nextGaussian(), 1300, 1})
                .toArray(double[][]::new);
        double[][] rows = with(usual(950, 4), crowd);
        int[] labels = IntStream.range(0, rows.length).map(i -> i < 950 ? 0 : 1).toArray();
        assertThat(Ranking.auc(AnomalyDetector.among(rows, 42).scores(rows), labels))
                .isGreaterThan(0.97);
    }

    /** Three columns that follow one curve. */
    private static double[][] onACurve(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, rows)
                .mapToObj(i -> {
                    double x = 4 * random.nextDouble() - 2;
                    double y = x * x - 2;
                    return new double[] {x, y + 0.05 * random.nextGaussian(), -x + 0.05 * random.nextGaussian()};
                })
                .toArray(double[][]::new);
    }

    @Test
    void theAutoencoderSeesWhatLeavesACurveThatAStraightLineCannotSee() {
        double[][] rows = onACurve(1000, 3);
        double[][] strange = IntStream.range(0, 50)
                .mapToObj(i -> {
                    double x = -1 + i / 25.0;
                    return new double[] {x, 1.5, -x};
                })
                .toArray(double[][]::new);
        double[][] all = with(rows, strange);
        int[] labels = IntStream.range(0, all.length).map(i -> i < 1000 ? 0 : 1).toArray();
        Member.Fitted network = new Autoencoder().fit(all, 42);

        double[] strangeness = AnomalyDetector.strangeness(network, all);
        double straight =
                Ranking.auc(AnomalyDetector.strangeness(new LinearReconstruction().fit(all, 42), all), labels);
        assertThat(Ranking.auc(strangeness, labels)).isGreaterThan(0.9).isGreaterThan(straight + 0.2);
        assertThat(AnomalyDetector.strangeness(new Autoencoder().fit(all, 42), all))
                .as("the same seed")
                .isEqualTo(strangeness);
    }

    @Test
    void anAutoencoderOfTwoRowsOrOneColumnIsOneToo() {
        assertThat(new Autoencoder().fit(new double[][] {{1, 2}, {3, 4}}, 1).strangeness(new double[] {1, 2}))
                .isFinite();
        Member.Fitted constant = new Autoencoder().fit(new double[40][1], 1);
        assertThat(constant.strangeness(new double[] {4})).isGreaterThan(constant.strangeness(new double[] {0}));
    }

    @Test
    void theSameSeedGivesTheSameScoresAndAConstantColumnOrAMissingValueNoScandal() {
        double[][] rows = usual(300, 6);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {rows[i][0], rows[i][1], i == 7 ? Double.NaN : rows[i][2], 5};
        }
        double[] scores = AnomalyDetector.among(rows, 9).scores(rows);
        assertThat(scores).isEqualTo(AnomalyDetector.among(rows, 9).scores(rows));
        assertThat(Arrays.stream(scores).allMatch(Double::isFinite)).isTrue();
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        assertThat(scores[7]).as("a missing value is none that is strange").isLessThan(sorted[290]);
    }

    @Test
    void newRowsThatAreLikeTheKnownOnesAreAsStrangeAsTheFoldsSaid() {
        AnomalyDetector detector = AnomalyDetector.ofNew(usual(2000, 7), 42);
        double[] scores = detector.scores(usual(2000, 8));
        // Three tail probabilities of usual rows: each has a mean of 1 and they rise and fall together.
        assertThat(Arrays.stream(scores).average().orElseThrow()).isEqualTo(3, within(0.25));
    }

    @Test
    void aTailIsTheShareOfUsualRowsAndGoesOnBeyondThem() {
        Tail tail = Tail.of(IntStream.range(0, 100).mapToDouble(i -> 99 - i).toArray());
        assertThat(tail.of(-1)).isZero();
        assertThat(tail.of(50)).isEqualTo(-Math.log(51.0 / 101));
        assertThat(tail.of(98)).isEqualTo(-Math.log(3.0 / 101));
        assertThat(tail.of(100)).isGreaterThan(-Math.log(1.0 / 101));
        // From 98.01 on, in lengths of 98.01 - 89.1.
        assertThat(tail.of(187.11)).isEqualTo(Math.log(101) + Math.sqrt(10), within(1e-9));
    }

    @Test
    void theDepthOfAnUnsuccessfulSearchIsThePublishedOne() {
        assertThat(IsolationForest.expectedDepth(1)).isZero();
        assertThat(IsolationForest.expectedDepth(2)).isEqualTo(1);
        assertThat(IsolationForest.expectedDepth(256)).isEqualTo(10.244, within(0.001));
    }

    @Test
    void oneRowOrNoColumnIsRefused() {
        assertThatThrownBy(() -> AnomalyDetector.among(new double[][] {{1, 2}}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two rows");
        assertThatThrownBy(() -> AnomalyDetector.among(new double[][] {{}, {}}, 1))
                .hasMessageContaining("one column");
    }
}
