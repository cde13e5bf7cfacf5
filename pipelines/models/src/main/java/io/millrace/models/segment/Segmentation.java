package io.millrace.models.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Groups of rows that are like each other, by the way and in the number that are worth most: the mean silhouette tells how clearly groups lie apart, and the
 * adjusted Rand index between what all rows and what resamples give tells whether somebody else would find the same ones (Hennig 2007, "Cluster-wise
 * assessment of cluster stability"). What is not stable is not chosen, however clear it looks.
 */
public final class Segmentation {

    /** Mean adjusted Rand index over resamples from which on groups count as found again. */
    public static final double STABLE = 0.85;

    private static final int RESAMPLES = 10;
    private static final double RESAMPLED = 0.8;
    /** Rows on which numbers and ways are tried, and rows from which the chosen groups are fitted. */
    private static final int TRIED = 2_000;

    private static final int FITTED = 100_000;
    /** More groups say more: the most of them whose silhouette is not much less than the best. */
    private static final double NEARLY = 0.95;
    /** A way that leaves more rows without a group, or puts more into one, tells nobody apart. */
    private static final double MOST_WITHOUT = 0.2;

    private static final double MOST_IN_ONE = 0.9;
    /** A group of fewer is a few outliers, not a kind. */
    private static final double LEAST_IN_ONE = 0.01;

    private final ColumnScaling scaling;
    private final Clustering.Groups groups;
    private final Figures chosen;
    private final List<Figures> ways;

    private Segmentation(ColumnScaling scaling, Clustering.Groups groups, Figures chosen, List<Figures> ways) {
        this.scaling = scaling;
        this.groups = groups;
        this.chosen = chosen;
        this.ways = ways;
    }

    /**
     * What one way gives.
     *
     * @param name          kmeans, gmm or dbscan
     * @param k             number of groups
     * @param silhouette    −1 to 1; NaN where there are not two groups. A row without a group counts 0
     * @param daviesBouldin 0 or more, less is better; NaN where there are not two groups
     * @param stability     mean adjusted Rand index over resamples, 1 where each gives the same groups
     * @param without       share of rows without a group
     * @param largest       share of rows in the largest group
     * @param smallest      share of rows in the smallest group
     */
    public record Figures(
            String name,
            int k,
            double silhouette,
            double daviesBouldin,
            double stability,
            double without,
            double largest,
            double smallest) {

        /** Whether groups were found that somebody may act on: again in resamples, none too small, none nearly everybody. */
        public boolean isUsable() {
            return k >= 2
                    && stability >= STABLE
                    && without <= MOST_WITHOUT
                    && largest <= MOST_IN_ONE
                    && smallest >= LEAST_IN_ONE;
        }
    }

    /**
     * Finds groups.
     *
     * @param rows at least ten, columns in any unit; a value that is not finite counts as its column's median
     * @param kMax most groups, 2 or more
     * @throws IllegalArgumentException where there are fewer rows, or no two different ones
     */
    public static Segmentation of(double[][] rows, int kMax, long seed) {
        if (rows.length < 10 || rows[0].length == 0) {
            throw new IllegalArgumentException(
                    "at least ten rows and one column are needed to find groups, and there are " + rows.length);
        }
        ColumnScaling scaling = ColumnScaling.of(rows);
        double[][] scaled = drawn(scaling.all(rows), FITTED, seed);
        if (Arrays.stream(scaled).allMatch(row -> Arrays.equals(row, scaled[0]))) {
            throw new IllegalArgumentException("all rows are the same, so there are no groups");
        }
        double[][] tried = drawn(scaled, TRIED, seed);
        List<Clustering> ways = List.of(new Clipped(new KMeans()), new Clipped(new GaussianMixture()), new Dbscan());
        List<Figures> figures = new ArrayList<>();
        for (Clustering way : ways) {
            figures.add(best(way, tried, Math.min(kMax, rows.length / 5), seed));
        }
        double clearest = figures.stream()
                .filter(Figures::isUsable)
                .mapToDouble(Figures::silhouette)
                .max()
                .orElse(Double.NaN);
        Figures chosen = figures.stream()
                .filter(f -> f.isUsable() && f.silhouette() >= NEARLY * clearest)
                .max(Comparator.comparingInt(Figures::k).thenComparingDouble(Figures::silhouette))
                .orElse(figures.get(0));
        Clustering way = ways.get(figures.indexOf(chosen));
        return new Segmentation(scaling, way.fit(scaled, chosen.k(), seed), chosen, List.copyOf(figures));
    }

    /** One way with the number of groups that suits it. */
    private static Figures best(Clustering way, double[][] rows, int kMax, long seed) {
        List<Figures> tried = IntStream.rangeClosed(2, way.findsItsNumber() ? 2 : Math.max(2, kMax))
                .parallel()
                .mapToObj(k -> figures(way, rows, k, seed))
                .toList();
        double clearest = tried.stream()
                .filter(Figures::isUsable)
                .mapToDouble(Figures::silhouette)
                .max()
                .orElse(Double.NaN);
        return tried.stream()
                .filter(f -> f.isUsable() && f.silhouette() >= NEARLY * clearest)
                .max(Comparator.comparingInt(Figures::k))
                .orElseGet(() -> tried.stream()
                        .max(Comparator.comparingDouble(Figures::stability))
                        .orElseThrow());
    }

    private static Figures figures(Clustering way, double[][] rows, int k, long seed) {
        Clustering.Groups groups = way.fit(rows, k, seed);
        int[] all = groups.of(rows);
        double agreement = 0;
        SplittableRandom random = new SplittableRandom(seed + 1);
        for (int r = 0; r < RESAMPLES; r++) {
            double[][] sample = drawn(rows, (int) (RESAMPLED * rows.length), random.nextLong());
            agreement += ClusterMetrics.adjustedRand(
                            all, way.fit(sample, k, random.nextLong()).of(rows))
                    / RESAMPLES;
        }
        int[] sizes = new int[groups.count()];
        Arrays.stream(all).filter(g -> g >= 0).forEach(g -> sizes[g]++);
        double in = Arrays.stream(sizes).sum();
        return new Figures(
                way.name(),
                groups.count(),
                // Else the surest way to clear groups would be to leave out whoever is between them.
                ClusterMetrics.silhouette(rows, all, seed) * in / rows.length,
                ClusterMetrics.daviesBouldin(rows, all),
                agreement,
                1 - in / rows.length,
                Arrays.stream(sizes).max().orElse(0) / (double) rows.length,
                Arrays.stream(sizes).min().orElse(0) / (double) rows.length);
    }

    private static double[][] drawn(double[][] rows, int count, long seed) {
        if (count >= rows.length) {
            return rows;
        }
        int[] order = IntStream.range(0, rows.length).toArray();
        ClusterMetrics.shuffle(order, new SplittableRandom(seed));
        return Arrays.stream(order, 0, count).mapToObj(i -> rows[i]).toArray(double[][]::new);
    }

    /** The way that was chosen; where none is {@linkplain Figures#isUsable usable}, k-means as it is. */
    public Figures chosen() {
        return chosen;
    }

    /** Every way, with the number of groups that suits it. */
    public List<Figures> ways() {
        return ways;
    }

    /** How many groups there are. */
    public int count() {
        return groups.count();
    }

    /** The group of a row, from 0, or −1 where it belongs to none. */
    public int of(double[] row) {
        return groups.of(scaling.of(row));
    }

    /** A row as the groups were found in it: each column of mean 0 and standard deviation 1, skewed ones by their logarithm. */
    public double[] scaled(double[] row) {
        return scaling.of(row);
    }
}
