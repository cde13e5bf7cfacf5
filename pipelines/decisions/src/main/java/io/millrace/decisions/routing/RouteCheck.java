package io.millrace.decisions.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether routes serve a problem, and how long they are, told by going along them stop by stop. It shares no arithmetic with the
 * optimizer, so that what the optimizer believes is checked by something else.
 */
public final class RouteCheck {

    private static final double ROUNDING = 1e-6;

    private RouteCheck() {}

    /**
     * What the routes come to.
     *
     * @param distance of all routes
     * @param vehicles routes that serve somebody
     * @param faults   a sentence for each rule that is broken, empty if none is
     */
    public record Verdict(double distance, int vehicles, List<String> faults) {

        /** Keeps its own copy. */
        public Verdict {
            faults = List.copyOf(faults);
        }

        /** Whether no rule is broken. */
        public boolean isFeasible() {
            return faults.isEmpty();
        }
    }

    /** Goes along all routes. */
    public static Verdict of(RoutingProblem problem, List<Route> routes) {
        List<String> faults = new ArrayList<>();
        int[] visits = new int[problem.places()];
        int[] used = new int[problem.depots().size()];
        double distance = 0;
        for (int r = 0; r < routes.size(); r++) {
            Route route = routes.get(r);
            if (isOnTheMap(problem, route, r, faults)) {
                used[route.depot()] += route.stops().isEmpty() ? 0 : 1;
                route.stops().forEach(stop -> visits[stop]++);
                distance += along(problem, route, r, faults);
            }
        }
        for (int place = used.length; place < visits.length; place++) {
            if (visits[place] != 1) {
                faults.add("customer " + problem.place(place).code() + " is visited " + visits[place] + " times");
            }
        }
        int vehicles = 0;
        for (int depot = 0; depot < used.length; depot++) {
            vehicles += used[depot];
            if (used[depot] > problem.vehicles().orElse(Integer.MAX_VALUE)) {
                faults.add(used[depot] + " routes start at depot "
                        + problem.place(depot).code() + ", and there are "
                        + problem.vehicles().getAsInt() + " vehicles");
            }
        }
        return new Verdict(distance, vehicles, faults);
    }

    private static boolean isOnTheMap(RoutingProblem problem, Route route, int number, List<String> faults) {
        int depots = problem.depots().size();
        boolean known = route.depot() >= 0
                && route.depot() < depots
                && route.stops().stream().allMatch(stop -> stop >= depots && stop < problem.places());
        if (!known) {
            faults.add("route " + (number + 1) + " visits a place that is no customer, or starts at no depot");
        }
        return known;
    }

    private static double along(RoutingProblem problem, Route route, int number, List<String> faults) {
        double distance = 0;
        double load = 0;
        double time = problem.place(route.depot()).opens();
        int here = route.depot();
        List<Integer> way = new ArrayList<>(route.stops());
        way.add(route.depot());
        for (int next : way) {
            Stop stop = problem.place(next);
            distance += problem.distance().between(here, next);
            time = Math.max(time + problem.duration().between(here, next), stop.opens());
            if (time > stop.closes() + ROUNDING) {
                faults.add("route " + (number + 1) + " is at stop " + stop.code() + " at " + time + ", which closes at "
                        + stop.closes());
            }
            load += stop.demand();
            time += stop.service();
            here = next;
        }
        if (load > problem.capacity() + ROUNDING) {
            faults.add("route " + (number + 1) + " carries " + load + ", above the capacity of " + problem.capacity());
        }
        return distance;
    }
}
