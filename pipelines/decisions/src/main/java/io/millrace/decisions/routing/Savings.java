package io.millrace.decisions.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Savings (Clarke and Wright 1964), all routes at once: every customer begins with a vehicle of its own at its nearest depot, and two
 * routes become one at the pair of ends that saves most, as long as that saves something, fits the capacity and meets the windows.
 * A limit of vehicles is not heeded.
 */
final class Savings {

    private final Ground ground;
    private final List<List<Integer>> routes = new ArrayList<>();
    private final int[] routeOf;
    private final double[] load;

    Savings(Ground ground) {
        this.ground = ground;
        routeOf = new int[ground.places];
        load = new double[ground.places];
    }

    List<Route> routes() {
        int[] depot = ground.nearestDepots();
        for (int place = 0; place < ground.places; place++) {
            routeOf[place] = place;
            load[place] = ground.demand[place];
            routes.add(new ArrayList<>(place < ground.depots ? List.of() : List.of(place)));
        }
        for (long pair : pairs(depot)) {
            int at = (int) pair;
            join(at / ground.places, at % ground.places, depot);
        }
        List<Route> found = new ArrayList<>();
        for (List<Integer> route : routes) {
            if (!route.isEmpty()) {
                found.add(new Route(depot[route.get(0)], route));
            }
        }
        return found;
    }

    /**
     * Pairs of customers of one depot that save something, the largest saving first: the saving in the upper half of a long, so that
     * sorting orders by it, and the pair's place in the matrix in the lower half.
     */
    private long[] pairs(int[] depot) {
        boolean turns = ground.symmetric && !ground.timed;
        long[] pairs = new long[ground.customers() * ground.customers() / (turns ? 2 : 1)];
        int count = 0;
        for (int i = ground.depots; i < ground.places; i++) {
            for (int j = turns ? i + 1 : ground.depots; j < ground.places; j++) {
                float saving =
                        (float) (ground.distance(i, depot[i]) + ground.distance(depot[i], j) - ground.distance(i, j));
                if (i != j && depot[i] == depot[j] && saving > 0) {
                    long descending = Integer.MAX_VALUE - Float.floatToIntBits(saving);
                    pairs[count++] = descending << Integer.SIZE | (i * ground.places + j);
                }
            }
        }
        Arrays.sort(pairs, 0, count);
        return Arrays.copyOf(pairs, count);
    }

    private void join(int i, int j, int[] depot) {
        List<Integer> a = routes.get(routeOf[i]);
        List<Integer> b = routes.get(routeOf[j]);
        if (a == b || load[routeOf[i]] + load[routeOf[j]] > ground.capacity) {
            return;
        }
        boolean turns = ground.symmetric && !ground.timed;
        boolean endsA = a.get(a.size() - 1) == i;
        boolean endsB = b.get(0) == j;
        if (!endsA && !(turns && a.get(0) == i) || !endsB && !(turns && b.get(b.size() - 1) == j)) {
            return;
        }
        List<Integer> joined = new ArrayList<>(endsA ? a : reversed(a));
        joined.addAll(endsB ? b : reversed(b));
        if (ground.timed && !ground.isInTime(depot[i], joined)) {
            return;
        }
        int into = routeOf[i];
        int from = routeOf[j];
        load[into] += load[from];
        routes.set(into, joined);
        routes.set(from, List.of());
        joined.forEach(stop -> routeOf[stop] = into);
    }

    private static List<Integer> reversed(List<Integer> stops) {
        List<Integer> back = new ArrayList<>(stops);
        Collections.reverse(back);
        return back;
    }
}
