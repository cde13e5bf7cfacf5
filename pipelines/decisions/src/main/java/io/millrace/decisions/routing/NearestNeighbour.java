package io.millrace.decisions.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * One vehicle after the other goes to the nearest customer that it can still serve, with its load and in time, and returns if there is
 * none. Each depot serves the customers that are nearest to it. A limit of vehicles is not heeded.
 */
final class NearestNeighbour {

    private final Ground ground;

    NearestNeighbour(Ground ground) {
        this.ground = ground;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        int[] depot = ground.nearestDepots();
        boolean[] served = new boolean[ground.places];
        for (int from = 0; from < ground.depots; from++) {
            List<Integer> route = route(from, depot, served);
            while (!route.isEmpty()) {
                routes.add(new Route(from, route));
                route = route(from, depot, served);
            }
        }
        return routes;
    }

    private List<Integer> route(int from, int[] depot, boolean[] served) {
        List<Integer> route = new ArrayList<>();
        int here = from;
        double left = ground.capacity;
        double time = ground.opens[from];
        while (true) {
            int next = -1;
            for (int c = ground.depots; c < ground.places; c++) {
                boolean open = !served[c] && depot[c] == from && ground.demand[c] <= left;
                if (open
                        && (next < 0 || ground.distance(here, c) < ground.distance(here, next))
                        && inTime(time, here, c, from)) {
                    next = c;
                }
            }
            if (next < 0) {
                return route;
            }
            served[next] = true;
            route.add(next);
            left -= ground.demand[next];
            time = Math.max(time + ground.duration(here, next), ground.opens[next]) + ground.service[next];
            here = next;
        }
    }

    private boolean inTime(double time, int here, int next, int depot) {
        double begins = Math.max(time + ground.duration(here, next), ground.opens[next]);
        return begins <= ground.closes[next]
                && begins + ground.service[next] + ground.duration(next, depot) <= ground.closes[depot];
    }
}
