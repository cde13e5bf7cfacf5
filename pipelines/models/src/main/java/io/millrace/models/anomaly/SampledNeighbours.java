package io.millrace.models.anomaly;

import java.util.SplittableRandom;

/**
 * The distance to the nearest of a few random rows, averaged over many such draws (Sugiyama and Borgwardt 2013, "Rapid distance-based outlier
 * detection via sampling", NIPS; with many samples in place of one). A row among a crowd finds a neighbour in any draw; a small group of strange
 * rows does not hide its members from each other, because a draw seldom holds one. Linear in the rows.
 */
final class SampledNeighbours implements Member {

    private static final int DRAWS = 50;

    private final int size;

    /** @param size rows of a draw: few see what is far from everything, more what is far from its own kind */
    SampledNeighbours(int size) {
        this.size = size;
    }

    @Override
    public Fitted fit(double[][] rows, long seed) {
        Scale scale = Scale.robust(rows);
        double[][] scaled = scale.of(rows);
        SplittableRandom random = new SplittableRandom(seed);
        double[][][] draws = new double[DRAWS][][];
        for (int d = 0; d < DRAWS; d++) {
            draws[d] = Draws.without(scaled, size, random);
        }
        return row -> {
            double[] at = scale.of(row);
            double sum = 0;
            for (double[][] draw : draws) {
                sum += Math.sqrt(Distances.nearest(at, draw));
            }
            return sum / DRAWS;
        };
    }
}
