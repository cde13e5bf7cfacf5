package io.millrace.models.anomaly;

import io.millrace.models.metrics.Quantiles;
import java.util.stream.IntStream;

/**
 * A member that learns again without the fifth of the rows that it finds strangest, twice, so that strange rows among those that it learns from do
 * not teach it that they are usual.
 */
final class Trimmed implements Member {

    private static final double KEPT = 0.8;
    private static final int ROUNDS = 2;
    private static final int LEAST = 20;

    private final Member member;

    Trimmed(Member member) {
        this.member = member;
    }

    @Override
    public Fitted fit(double[][] rows, long seed) {
        double[][] kept = rows;
        Fitted fitted = member.fit(kept, seed);
        for (int round = 0; round < ROUNDS && kept.length * KEPT >= LEAST; round++) {
            double[] strangeness = AnomalyDetector.strangeness(fitted, kept);
            double most = Quantiles.of(strangeness, KEPT);
            double[][] before = kept;
            kept = IntStream.range(0, before.length)
                    .filter(i -> strangeness[i] <= most)
                    .mapToObj(i -> before[i])
                    .toArray(double[][]::new);
            fitted = member.fit(kept, seed + round + 1);
        }
        return fitted;
    }
}
