package io.millrace.nightly.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FalseAlarmsTest {

    /** Scores of usual cases: sums of negative logarithms of five probabilities that go together. */
    private static double[] scores(int count, long seed, int strange) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToDouble(i -> {
                    double score = -5 * Math.log(1 - random.nextDouble());
                    return i < strange ? 60 + score : score;
                })
                .toArray();
    }

    private static double passing(double[] scores, double threshold) {
        return IntStream.range(0, scores.length)
                        .filter(i -> scores[i] >= threshold)
                        .count()
                / (double) scores.length;
    }

    @Test
    void usualCasesPassAsOftenAsTheBudgetAllows() {
        double threshold = FalseAlarms.threshold(scores(20_000, 1, 0), 0.002);
        assertThat(passing(scores(200_000, 2, 0), threshold)).isBetween(0.001, 0.004);
    }

    @Test
    void anomaliesAmongTheScoresHardlyMoveIt() {
        double clean = FalseAlarms.threshold(scores(20_000, 3, 0), 0.002);
        double among = FalseAlarms.threshold(scores(20_000, 3, 200), 0.002);
        assertThat(among).isBetween(clean, 1.15 * clean);
    }

    @Test
    void aLargerBudgetTellsOfMore() {
        double[] scores = scores(1000, 4, 0);
        assertThat(FalseAlarms.threshold(scores, 0.05)).isLessThan(FalseAlarms.threshold(scores, 0.001));
        assertThat(FalseAlarms.threshold(scores, 0.9))
                .as("more than a tenth is told of a tenth")
                .isEqualTo(FalseAlarms.threshold(scores, 0.1));
    }
}
