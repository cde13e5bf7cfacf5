package io.millrace.models.segment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Figures of a grouping. */
public final class ClusterMetrics {

    /** Rows that a silhouette is averaged over: its work grows with their square. */
    private static final int MOST_ROWS = 1_000;

    private ClusterMetrics() {}

    /**
     * How far two groupings of the same rows agree, beyond chance (Hubert and Arabie 1985). 1 where they are the same but for names, about 0 for
     * groupings that have nothing to do with each other. Rows of no group count as a group.
     */
    public static double adjustedRand(int[] a, int[] b) {
        Map<Long, Integer> cells = new HashMap<>();
        Map<Integer, Integer> rows = new HashMap<>();
        Map<Integer, Integer> columns = new HashMap<>();
        for (int i = 0; i < a.length; i++) {
            cells.merge((long) a[i] << 32 | b[i] & 0xffffffffL, 1, Integer::sum);
            rows.merge(a[i], 1, Integer::sum);
            columns.merge(b[i], 1, Integer::sum);
        }
        double together = pairs(cells.values());
        double first = pairs(rows.values());
        double second = pairs(columns.values());
        double all = 0.5 * a.length * (a.length - 1.0);
        double chance = first * second / all;
        double most = (first + second) / 2;
        return most == chance ? 1 : (together - chance) / (most - chance);
    }

    private static double pairs(Iterable<Integer> counts) {
        double pairs = 0;
        for (int n : counts) {
            pairs += 0.5 * n * (n - 1.0);
        }
        return pairs;
    }

    /**
     * The mean silhouette (Rousseeuw 1987) of rows that are in a group: how much nearer a row is to its own group than to the next. −1 to 1. A row
     * that is alone in its group counts 0. Of many rows some are drawn.
     *
     * @return NaN where there are not two groups
     */
    public static double silhouette(double[][] rows, int[] groups, long seed) {
        int[] in = grouped(groups);
        if (in.length > MOST_ROWS) {
            shuffle(in, new SplittableRandom(seed));
            in = Arrays.copyOf(in, MOST_ROWS);
        }
        int count = Arrays.stream(in).map(i -> groups[i]).max().orElse(-1) + 1;
        int[] sizes = new int[count];
        for (int i : in) {
            sizes[groups[i]]++;
        }
        if (Arrays.stream(sizes).filter(n -> n > 0).count() < 2) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i : in) {
            double[] distance = new double[count];
            for (int other : in) {
                distance[groups[other]] += Math.sqrt(Geometry.squared(rows[i], rows[other]));
            }
            int own = groups[i];
            double nearest = Double.POSITIVE_INFINITY;
            for (int c = 0; c < count; c++) {
                if (c != own && sizes[c] > 0) {
                    nearest = Math.min(nearest, distance[c] / sizes[c]);
                }
            }
            double within = sizes[own] > 1 ? distance[own] / (sizes[own] - 1) : nearest;
            double wider = Math.max(within, nearest);
            sum += wider > 0 ? (nearest - within) / wider : 0;
        }
        return sum / in.length;
    }

    /**
     * The Davies–Bouldin index (1979) of rows that are in a group: how wide groups are beside how far they lie apart. 0 or more, less is better.
     *
     * @return NaN where there are not two groups
     */
    public static double daviesBouldin(double[][] rows, int[] groups) {
        int count = Arrays.stream(groups).max().orElse(-1) + 1;
        double[][] centres = new double[count][rows[0].length];
        int[] sizes = new int[count];
        for (int i = 0; i < rows.length; i++) {
            if (groups[i] >= 0) {
                sizes[groups[i]]++;
                for (int j = 0; j < rows[i].length; j++) {
                    centres[groups[i]][j] += rows[i][j];
                }
            }
        }
        int[] there = java.util.stream.IntStream.range(0, count)
                .filter(c -> sizes[c] > 0)
                .toArray();
        if (there.length < 2) {
            return Double.NaN;
        }
        for (int c : there) {
            double[] centre = centres[c];
            Arrays.setAll(centre, j -> centre[j] / sizes[c]);
        }
        double[] width = new double[count];
        for (int i = 0; i < rows.length; i++) {
            if (groups[i] >= 0) {
                width[groups[i]] += Math.sqrt(Geometry.squared(rows[i], centres[groups[i]])) / sizes[groups[i]];
            }
        }
        double sum = 0;
        for (int a : there) {
            double worst = 0;
            for (int b : there) {
                if (a != b) {
                    double apart = Math.sqrt(Geometry.squared(centres[a], centres[b]));
                    worst = Math.max(worst, (width[a] + width[b]) / Math.max(apart, 1e-12));
                }
            }
            sum += worst;
        }
        return sum / there.length;
    }

    private static int[] grouped(int[] groups) {
        return java.util.stream.IntStream.range(0, groups.length)
                .filter(i -> groups[i] >= 0)
                .toArray();
    }

    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int at = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[at];
            values[at] = value;
        }
    }
}
