package io.millrace.models.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The non-decreasing step function nearest to the labels in squares, found by pooling adjacent violators (Barlow et al.,
 * "Statistical inference under order restrictions", 1972), with straight lines between the blocks. Scores beyond the
 * fitted ones get the first or the last probability.
 */
public final class IsotonicCalibration implements Calibration {

    private final double[] scores;
    private final double[] probabilities;

    private IsotonicCalibration(double[] scores, double[] probabilities) {
        this.scores = scores;
        this.probabilities = probabilities;
    }

    /** The calibration nearest to {@code labels} (0 or 1). */
    public static IsotonicCalibration fit(double[] scores, int[] labels) {
        Scored.check(scores, labels);
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        Blocks blocks = new Blocks(scores.length);
        for (int from = 0; from < order.length; ) {
            int to = from;
            double positives = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                positives += labels[order[to++]];
            }
            blocks.add(scores[order[from]], positives, to - from);
            from = to;
        }
        return blocks.calibration();
    }

    /** Restores a calibration from {@link #parameters()}: score, probability, score, probability and so on. */
    public static IsotonicCalibration ofParameters(double[] parameters) {
        if (parameters.length == 0 || parameters.length % 2 != 0) {
            throw new IllegalArgumentException("Isotonic calibration has pairs of score and probability, not "
                    + parameters.length + " numbers. Maybe the parameters were cut.");
        }
        double[] scores = new double[parameters.length / 2];
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = parameters[2 * i];
            probabilities[i] = parameters[2 * i + 1];
            checkPair(i, scores, probabilities);
        }
        return new IsotonicCalibration(scores, probabilities);
    }

    private static void checkPair(int i, double[] scores, double[] probabilities) {
        boolean inRange = probabilities[i] >= 0 && probabilities[i] <= 1 && Double.isFinite(scores[i]);
        boolean rising = i == 0 || (scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1]);
        if (!inRange || !rising) {
            throw new IllegalArgumentException("Pair " + i + " is score " + scores[i] + ", probability "
                    + probabilities[i] + ": scores have to rise and probabilities must not fall, within 0 to 1.");
        }
    }

    @Override
    public double apply(double score) {
        int found = Arrays.binarySearch(scores, score);
        if (found >= 0) {
            return probabilities[found];
        }
        int next = -found - 1;
        if (next == 0 || next == scores.length) {
            return probabilities[next == 0 ? 0 : next - 1];
        }
        double share = (score - scores[next - 1]) / (scores[next] - scores[next - 1]);
        return probabilities[next - 1] + share * (probabilities[next] - probabilities[next - 1]);
    }

    @Override
    public double[] parameters() {
        double[] parameters = new double[2 * scores.length];
        for (int i = 0; i < scores.length; i++) {
            parameters[2 * i] = scores[i];
            parameters[2 * i + 1] = probabilities[i];
        }
        return parameters;
    }

    /** A stack of blocks whose means rise; a block that breaks this swallows its predecessors. */
    private static final class Blocks {
        private final double[] first;
        private final double[] last;
        private final double[] sum;
        private final double[] weight;
        private int size;

        Blocks(int capacity) {
            first = new double[capacity];
            last = new double[capacity];
            sum = new double[capacity];
            weight = new double[capacity];
        }

        void add(double score, double positives, double rows) {
            first[size] = score;
            last[size] = score;
            sum[size] = positives;
            weight[size++] = rows;
            while (size > 1 && sum[size - 2] * weight[size - 1] >= sum[size - 1] * weight[size - 2]) {
                size--;
                last[size - 1] = last[size];
                sum[size - 1] += sum[size];
                weight[size - 1] += weight[size];
            }
        }

        IsotonicCalibration calibration() {
            double[] scores = new double[2 * size];
            double[] probabilities = new double[2 * size];
            int points = 0;
            for (int b = 0; b < size; b++) {
                double mean = sum[b] / weight[b];
                scores[points] = first[b];
                probabilities[points++] = mean;
                if (last[b] > first[b]) {
                    scores[points] = last[b];
                    probabilities[points++] = mean;
                }
            }
            return new IsotonicCalibration(Arrays.copyOf(scores, points), Arrays.copyOf(probabilities, points));
        }
    }
}
