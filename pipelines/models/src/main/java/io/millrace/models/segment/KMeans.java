package io.millrace.models.segment;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Lloyd's k-means from the best of several k-means++ starts (Arthur and Vassilvitskii 2007). */
final class KMeans implements Clustering {

    private static final int STARTS = 3;
    private static final int MOST_ROUNDS = 100;

    @Override
    public String name() {
        return "kmeans";
    }

    @Override
    public Centres fit(double[][] rows, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Centres best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            Centres centres = lloyd(rows, spread(rows, k, random));
            double cost = centres.cost(rows);
            if (cost < least) {
                least = cost;
                best = centres;
            }
        }
        return best;
    }

    /** First centres: each row is drawn with a chance that grows with the square of its distance to those that were drawn. */
    private static double[][] spread(double[][] rows, int k, SplittableRandom random) {
        double[][] centres = new double[k][];
        centres[0] = rows[random.nextInt(rows.length)].clone();
        double[] distance = new double[rows.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        for (int c = 1; c < k; c++) {
            double total = 0;
            for (int i = 0; i < rows.length; i++) {
                distance[i] = Math.min(distance[i], Geometry.squared(rows[i], centres[c - 1]));
                total += distance[i];
            }
            double draw = random.nextDouble() * total;
            int at = 0;
            while (at < rows.length - 1 && (draw -= distance[at]) >= 0) {
                at++;
            }
            centres[c] = rows[at].clone();
        }
        return centres;
    }

    private static Centres lloyd(double[][] rows, double[][] first) {
        Centres centres = new Centres(first);
        int[] groups = centres.of(rows);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            centres = new Centres(means(rows, groups, centres.centres()));
            int[] next = centres.of(rows);
            if (Arrays.equals(next, groups)) {
                break;
            }
            groups = next;
        }
        return centres;
    }

    /** A centre that lost all its rows stays where it was. */
    private static double[][] means(double[][] rows, int[] groups, double[][] before) {
        double[][] sums = new double[before.length][rows[0].length];
        int[] counts = new int[before.length];
        for (int i = 0; i < rows.length; i++) {
            counts[groups[i]]++;
            for (int j = 0; j < rows[i].length; j++) {
                sums[groups[i]][j] += rows[i][j];
            }
        }
        for (int c = 0; c < sums.length; c++) {
            int count = counts[c];
            if (count == 0) {
                sums[c] = before[c];
            } else {
                for (int j = 0; j < sums[c].length; j++) {
                    sums[c][j] /= count;
                }
            }
        }
        return sums;
    }

    /** Groups by their nearest centre. */
    @SuppressWarnings("ArrayRecordComponent")
    record Centres(double[][] centres) implements Groups {

        @Override
        public int count() {
            return centres.length;
        }

        @Override
        public int of(double[] row) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centres.length; c++) {
                double distance = Geometry.squared(row, centres[c]);
                if (distance < least) {
                    least = distance;
                    nearest = c;
                }
            }
            return nearest;
        }

        double cost(double[][] rows) {
            double cost = 0;
            for (double[] row : rows) {
                cost += Geometry.squared(row, centres[of(row)]);
            }
            return cost;
        }
    }
}
