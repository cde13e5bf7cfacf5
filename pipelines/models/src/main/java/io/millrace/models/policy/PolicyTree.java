package io.millrace.models.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The tree of two levels whose leaves, each with one action, have the highest sum of scores (Athey and Wager, "Policy learning with
 * observational data", 2021). All pairs of splits at quantiles are tried; a missing value is below every split.
 */
final class PolicyTree {

    private static final int BINS = 16;

    /** Features that second splits are looked for among: those that are best by themselves. */
    private static final int MOST_FEATURES = 30;

    private final Split first;
    private final Split left;
    private final Split right;
    private final double[][] means;

    /** Rows at or below a cut go left; without a feature, all of them. */
    private record Split(int feature, double cut) {
        static final Split NONE = new Split(-1, 0);

        boolean isLeft(double[] row) {
            return feature < 0 || !(row[feature] > cut);
        }
    }

    /** A split with what its sides are worth. */
    private record Found(int feature, int bin, double value) {}

    private PolicyTree(Split first, Split left, Split right, double[][] means) {
        this.first = first;
        this.left = left;
        this.right = right;
        this.means = means;
    }

    private int leaf(double[] row) {
        boolean isLeft = first.isLeft(row);
        return (isLeft ? 0 : 2) + ((isLeft ? left : right).isLeft(row) ? 0 : 1);
    }

    /** Mean scores of the actions in the leaf of a row. */
    double[] means(double[] row) {
        return means[leaf(row)];
    }

    /** @param scores one array a row, one value an action */
    static PolicyTree fit(double[][] rows, double[][] scores) {
        return new Search(rows, scores).tree();
    }

    private static final class Search {
        private final double[][] rows;
        private final double[][] scores;
        private final int actions;
        private final double[][] cuts;
        private final int[][] bins;

        Search(double[][] rows, double[][] scores) {
            this.rows = rows;
            this.scores = scores;
            this.actions = scores[0].length;
            int width = rows[0].length;
            this.cuts = IntStream.range(0, width).mapToObj(this::cuts).toArray(double[][]::new);
            this.bins = new int[rows.length][width];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < width; j++) {
                    int bin = 0;
                    while (bin < cuts[j].length && rows[i][j] > cuts[j][bin]) {
                        bin++;
                    }
                    bins[i][j] = bin;
                }
            }
        }

        /** Values at even shares; not the largest, above which there is nothing. */
        private double[] cuts(int feature) {
            double[] sorted = Arrays.stream(rows)
                    .mapToDouble(row -> row[feature])
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
            return IntStream.range(0, sorted.length == 0 ? 0 : BINS)
                    .mapToDouble(b -> sorted[(int) ((long) b * sorted.length / BINS)])
                    .distinct()
                    .filter(cut -> cut < sorted[sorted.length - 1])
                    .toArray();
        }

        PolicyTree tree() {
            double[][][] all = new double[cuts.length][][];
            int[] features = features(all);
            Found best = null;
            Found[] sides = new Found[2];
            for (int j : features) {
                double[][][][] ofBin = ofBins(j, features);
                double[][][] below = zeros(features);
                for (int c = 0; c < cuts[j].length; c++) {
                    add(below, ofBin[c], 1);
                    double[][][] above = difference(all, below, features);
                    Found left = split(below, features);
                    Found right = split(above, features);
                    if (best == null || left.value() + right.value() > best.value()) {
                        best = new Found(j, c, left.value() + right.value());
                        sides = new Found[] {left, right};
                    }
                }
            }
            return best == null
                    ? of(Split.NONE, Split.NONE, Split.NONE)
                    : of(split(best), split(sides[0]), split(sides[1]));
        }

        private Split split(Found found) {
            return found.feature() < 0 ? Split.NONE : new Split(found.feature(), cuts[found.feature()][found.bin()]);
        }

        private PolicyTree of(Split first, Split left, Split right) {
            PolicyTree shape = new PolicyTree(first, left, right, new double[4][actions]);
            int[] counts = new int[4];
            for (int i = 0; i < rows.length; i++) {
                int leaf = shape.leaf(rows[i]);
                counts[leaf]++;
                for (int a = 0; a < actions; a++) {
                    shape.means[leaf][a] += scores[i][a];
                }
            }
            for (int leaf = 0; leaf < 4; leaf++) {
                for (int a = 0; a < actions; a++) {
                    shape.means[leaf][a] /= Math.max(1, counts[leaf]);
                }
            }
            return shape;
        }

        /** Those with a cut, the best by themselves if there are many. Fills the sums of scores by feature, bin and action. */
        private int[] features(double[][][] all) {
            int[] cut = IntStream.range(0, cuts.length)
                    .filter(j -> cuts[j].length > 0)
                    .toArray();
            for (int j : cut) {
                all[j] = new double[cuts[j].length + 1][actions];
                for (int i = 0; i < rows.length; i++) {
                    add(all[j][bins[i][j]], scores[i]);
                }
            }
            return IntStream.of(cut)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            j -> -split(all, new int[] {j}).value()))
                    .limit(MOST_FEATURES)
                    .mapToInt(j -> j)
                    .toArray();
        }

        /** Sums by bin of one feature, then by feature, bin and action. */
        private double[][][][] ofBins(int feature, int[] features) {
            double[][][][] sums = new double[cuts[feature].length + 1][][][];
            Arrays.setAll(sums, b -> zeros(features));
            for (int i = 0; i < rows.length; i++) {
                double[][][] of = sums[bins[i][feature]];
                for (int j : features) {
                    add(of[j][bins[i][j]], scores[i]);
                }
            }
            return sums;
        }

        private double[][][] zeros(int[] features) {
            double[][][] zeros = new double[cuts.length][][];
            for (int j : features) {
                zeros[j] = new double[cuts[j].length + 1][actions];
            }
            return zeros;
        }

        private static void add(double[] sum, double[] values) {
            for (int a = 0; a < sum.length; a++) {
                sum[a] += values[a];
            }
        }

        private static void add(double[][][] sums, double[][][] others, double sign) {
            for (int j = 0; j < sums.length; j++) {
                for (int b = 0; sums[j] != null && b < sums[j].length; b++) {
                    for (int a = 0; a < sums[j][b].length; a++) {
                        sums[j][b][a] += sign * others[j][b][a];
                    }
                }
            }
        }

        private double[][][] difference(double[][][] all, double[][][] below, int[] features) {
            double[][][] above = zeros(features);
            add(above, all, 1);
            add(above, below, -1);
            return above;
        }

        /** The best split of a part of the rows, or none if no split is better than one action. */
        private Found split(double[][][] sums, int[] features) {
            Found best = new Found(-1, 0, Double.NEGATIVE_INFINITY);
            for (int j : features) {
                double[] above = new double[actions];
                for (double[] bin : sums[j]) {
                    add(above, bin);
                }
                if (best.feature() < 0) {
                    best = new Found(-1, 0, Math.max(best.value(), largest(above)));
                }
                double[] below = new double[actions];
                for (int c = 0; c < sums[j].length - 1; c++) {
                    add(below, sums[j][c]);
                    for (int a = 0; a < actions; a++) {
                        above[a] -= sums[j][c][a];
                    }
                    double value = largest(below) + largest(above);
                    if (value > best.value() + 1e-9 * Math.abs(best.value())) {
                        best = new Found(j, c, value);
                    }
                }
            }
            return best;
        }

        private static double largest(double[] values) {
            return values[Lesson.best(values)];
        }
    }
}
