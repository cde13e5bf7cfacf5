package io.millrace.models.anomaly;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * How few random cuts set a row apart: 200 trees on 256 rows each (Liu, Ting, Zhou 2008, "Isolation forest", ICDM). Sees what is far out in
 * a few columns.
 */
final class IsolationForest implements Member {

    private static final int TREES = 200;
    private static final int SAMPLE = 256;
    private static final double EULER = 0.5772156649015329;

    @Override
    public Fitted fit(double[][] rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tree[] trees = new Tree[TREES];
        for (int t = 0; t < TREES; t++) {
            double[][] sample = Draws.without(rows, SAMPLE, random);
            int limit = (int) Math.ceil(Math.log(Math.max(2, sample.length)) / Math.log(2));
            trees[t] = grow(sample, 0, sample.length, 0, limit, random);
        }
        return row -> {
            double depth = 0;
            for (Tree tree : trees) {
                depth += tree.depth(row);
            }
            return -depth / TREES;
        };
    }

    /** A cut of a column, or a leaf with the depth at which its rows would be apart. */
    private record Tree(int column, double cut, Tree below, Tree above, double leaf) implements Serializable {

        double depth(double[] row) {
            Tree at = this;
            while (at.below != null) {
                at = row[at.column] < at.cut ? at.below : at.above;
            }
            return at.leaf;
        }
    }

    private static Tree grow(double[][] rows, int from, int to, int depth, int limit, SplittableRandom random) {
        int[] open = depth < limit && to - from > 1 ? varying(rows, from, to) : new int[0];
        if (open.length == 0) {
            return new Tree(-1, 0, null, null, depth + expectedDepth(to - from));
        }
        int column = open[random.nextInt(open.length)];
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            least = Math.min(least, rows[i][column]);
            greatest = Math.max(greatest, rows[i][column]);
        }
        double cut = least + random.nextDouble() * (greatest - least);
        // Between two neighbouring numbers there is no room: then the greater is cut off.
        cut = cut <= least ? greatest : cut;
        int middle = from;
        for (int i = from; i < to; i++) {
            if (rows[i][column] < cut) {
                double[] row = rows[i];
                rows[i] = rows[middle];
                rows[middle++] = row;
            }
        }
        return new Tree(
                column,
                cut,
                grow(rows, from, middle, depth + 1, limit, random),
                grow(rows, middle, to, depth + 1, limit, random),
                0);
    }

    private static int[] varying(double[][] rows, int from, int to) {
        int[] found = new int[rows[from].length];
        int count = 0;
        for (int j = 0; j < found.length; j++) {
            for (int i = from + 1; i < to; i++) {
                if (rows[i][j] != rows[from][j]) {
                    found[count++] = j;
                    break;
                }
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** Mean depth of an unsuccessful search in a binary tree of so many rows. */
    static double expectedDepth(int rows) {
        return rows > 2 ? 2 * (Math.log(rows - 1.0) + EULER) - 2.0 * (rows - 1) / rows : rows == 2 ? 1 : 0;
    }
}
