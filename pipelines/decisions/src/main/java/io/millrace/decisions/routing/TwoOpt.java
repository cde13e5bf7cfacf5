package io.millrace.decisions.routing;

import java.util.Arrays;
import java.util.List;

/** 2-opt (Croes 1958) within each route: a part is run backwards as long as that is shorter and in time. */
final class TwoOpt {

    private final Ground ground;

    TwoOpt(Ground ground) {
        this.ground = ground;
    }

    /** The routes, improved; as many, and with the same customers. */
    List<Route> improved(List<Route> routes) {
        return routes.stream().map(this::improved).toList();
    }

    private Route improved(Route route) {
        int n = route.stops().size();
        int[] way = new int[n + 2];
        way[0] = route.depot();
        way[n + 1] = route.depot();
        for (int i = 0; i < n; i++) {
            way[i + 1] = route.stops().get(i);
        }
        boolean better = true;
        while (better) {
            better = false;
            for (int s = 1; s < n; s++) {
                for (int e = s + 1; e <= n; e++) {
                    better |= turns(way, s, e);
                }
            }
        }
        return new Route(route.depot(), Arrays.stream(way, 1, n + 1).boxed().toList());
    }

    private boolean turns(int[] way, int s, int e) {
        double delta = ground.distance(way[s - 1], way[e])
                + ground.distance(way[s], way[e + 1])
                - ground.distance(way[s - 1], way[s])
                - ground.distance(way[e], way[e + 1]);
        for (int i = s; i < e && !ground.symmetric; i++) {
            delta += ground.distance(way[i + 1], way[i]) - ground.distance(way[i], way[i + 1]);
        }
        if (delta > -Moves.LEAST_GAIN) {
            return false;
        }
        reverse(way, s, e);
        if (ground.timed
                && !ground.isInTime(
                        way[0], Arrays.stream(way, 1, way.length - 1).boxed().toList())) {
            reverse(way, s, e);
            return false;
        }
        return true;
    }

    private static void reverse(int[] way, int s, int e) {
        for (int i = s, j = e; i < j; i++, j--) {
            int stop = way[i];
            way[i] = way[j];
            way[j] = stop;
        }
    }
}
