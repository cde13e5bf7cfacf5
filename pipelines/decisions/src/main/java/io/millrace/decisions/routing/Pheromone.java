package io.millrace.decisions.routing;

import java.util.Arrays;
import java.util.List;

/**
 * The trails of a colony: for each arc how often good routes used it of late, between {@link #least} and 1.
 *
 * <p>Max–min ant system (Stützle and Hoos 2000) on the scale of the hyper-cube framework (Blum and Dorigo 2004): a trail becomes
 * {@code ρ·τ + (1 − ρ)} on the arcs of the solution that is reinforced and {@code ρ·τ} on all others, so that the upper limit is 1.
 * Evaporation is kept as one common factor, so an update takes time in the number of stops and not of arcs.
 */
final class Pheromone {

    private static final double SMALLEST_SCALE = 1e-15;

    private final int places;
    private final double least;
    private final double persistence;
    private final float[] trails;
    private double scale = 1;

    /**
     * Trails that are all at their upper limit.
     *
     * @param places      of the problem
     * @param persistence ρ, in (0, 1)
     * @param least       lower limit of a trail, in (0, 1)
     */
    Pheromone(int places, double persistence, double least) {
        this.places = places;
        this.persistence = persistence;
        this.least = least;
        trails = new float[places * places];
        Arrays.fill(trails, 1);
    }

    /** The trail of an arc. */
    double of(int from, int to) {
        double trail = trails[from * places + to] * scale;
        return trail > least ? trail : least;
    }

    /** Lets all trails fade, and strengthens those of these routes, both ways if arcs are as long both ways. */
    void reinforce(List<Route> routes, boolean bothWays) {
        evaporate();
        for (Route route : routes) {
            int here = route.depot();
            for (int next : route.stops()) {
                strengthen(here, next, bothWays);
                here = next;
            }
            strengthen(here, route.depot(), bothWays);
        }
    }

    private void strengthen(int from, int to, boolean bothWays) {
        set(from, to);
        if (bothWays) {
            set(to, from);
        }
    }

    private void set(int from, int to) {
        int arc = from * places + to;
        double faded = Math.max(trails[arc] * scale, persistence * least);
        trails[arc] = (float) (Math.min(1, faded + 1 - persistence) / scale);
    }

    private void evaporate() {
        scale *= persistence;
        if (scale < SMALLEST_SCALE) {
            for (int arc = 0; arc < trails.length; arc++) {
                trails[arc] = (float) (trails[arc] * scale);
            }
            scale = 1;
        }
    }
}
