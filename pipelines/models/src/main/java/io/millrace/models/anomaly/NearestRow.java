package io.millrace.models.anomaly;

import java.util.SplittableRandom;

/**
 * The distance to the nearest row that was learned from (Ramaswamy, Rastogi, Shim 2000, with one neighbour), of at most 4,096 rows. Says something
 * of new rows alone: one that was learned from is its own neighbour.
 */
final class NearestRow implements Member {

    private static final int MOST = 4_096;

    @Override
    public Fitted fit(double[][] rows, long seed) {
        Scale scale = Scale.robust(rows);
        double[][] known = Draws.without(scale.of(rows), MOST, new SplittableRandom(seed));
        return row -> Math.sqrt(Distances.nearest(scale.of(row), known));
    }
}
