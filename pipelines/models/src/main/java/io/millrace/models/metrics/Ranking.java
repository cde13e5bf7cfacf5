package io.millrace.models.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Metrics that depend on the order of the scores alone. */
public final class Ranking {

    private Ranking() {}

    /**
     * The area under the ROC curve: the chance that a positive row scores above a negative one, ties counted half.
     * 0 to 1, higher is better, 0.5 is chance; NaN where only one class is present.
     */
    public static double auc(double[] scores, int[] labels) {
        Scored.check(scores, labels);
        int[] order = descending(scores);
        double positives = 0;
        double negatives = 0;
        double wins = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTie(order, scores, from);
            int tiedPositives = positivesBetween(order, labels, from, to);
            int tiedNegatives = to - from - tiedPositives;
            wins += tiedNegatives * (positives + 0.5 * tiedPositives);
            positives += tiedPositives;
            negatives += tiedNegatives;
            from = to;
        }
        return wins / (positives * negatives);
    }

    /**
     * The mean precision over the recall levels, without interpolation: the sum of (gain in recall) × precision
     * down the ranking, tied scores taken at once. 0 to 1, higher is better, the positive rate is chance; NaN where
     * no row is positive.
     */
    public static double averagePrecision(double[] scores, int[] labels) {
        Scored.check(scores, labels);
        int[] order = descending(scores);
        double found = 0;
        double sum = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTie(order, scores, from);
            int gained = positivesBetween(order, labels, from, to);
            found += gained;
            sum += gained * found / to;
            from = to;
        }
        return sum / found;
    }

    /** Places of the scores, the highest score first. */
    static int[] descending(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int endOfTie(int[] order, double[] scores, int from) {
        int to = from + 1;
        while (to < order.length && scores[order[to]] == scores[order[from]]) {
            to++;
        }
        return to;
    }

    private static int positivesBetween(int[] order, int[] labels, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += labels[order[i]];
        }
        return count;
    }
}
