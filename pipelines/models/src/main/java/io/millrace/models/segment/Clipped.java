package io.millrace.models.segment;

import java.util.Arrays;

/** A clustering in which a row that is far out counts as one at the edge, so that a few outliers get no group of their own by accident. */
final class Clipped implements Clustering {

    /** Standard deviations to the edge. */
    private static final double EDGE = 3;

    private final Clustering clustering;

    Clipped(Clustering clustering) {
        this.clustering = clustering;
    }

    @Override
    public String name() {
        return clustering.name();
    }

    @Override
    public Groups fit(double[][] rows, int k, long seed) {
        Groups groups = clustering.fit(Arrays.stream(rows).map(Clipped::clipped).toArray(double[][]::new), k, seed);
        return new Groups() {
            @Override
            public int count() {
                return groups.count();
            }

            @Override
            public int of(double[] row) {
                return groups.of(clipped(row));
            }
        };
    }

    private static double[] clipped(double[] row) {
        double[] clipped = row.clone();
        Arrays.setAll(clipped, j -> Math.max(-EDGE, Math.min(EDGE, row[j])));
        return clipped;
    }
}
