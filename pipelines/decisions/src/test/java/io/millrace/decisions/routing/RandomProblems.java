package io.millrace.decisions.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Small problems of all kinds for tests, the same for the same seed. */
final class RandomProblems {

    private RandomProblems() {}

    /** What a problem has. */
    record Kind(int depots, int customers, boolean timed, boolean asymmetric) {}

    static RoutingProblem of(Kind kind, long seed) {
        Random random = new Random(seed);
        int places = kind.depots() + kind.customers();
        double[] x = random.doubles(places, 0, 100).toArray();
        double[] y = random.doubles(places, 0, 100).toArray();
        double[] detour =
                random.doubles(places, 0, kind.asymmetric() ? 20 : 0.001).toArray();
        TravelMatrix straight = TravelMatrix.euclidean(places, i -> x[i], i -> y[i]);
        TravelMatrix distance = kind.asymmetric()
                ? TravelMatrix.of(places, (i, j) -> straight.between(i, j) + (i < j ? detour[i] : detour[j] / 2))
                : straight;
        List<Stop> depots = new ArrayList<>();
        List<Stop> customers = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            if (place < kind.depots()) {
                depots.add(new Stop("d" + place, 0, 0, kind.timed() ? 1000 : Double.POSITIVE_INFINITY, 0));
            } else if (kind.timed()) {
                double opens = 150 + random.nextInt(400);
                customers.add(new Stop("c" + place, 1 + random.nextInt(9), opens, opens + 20 + random.nextInt(200), 5));
            } else {
                customers.add(Stop.of("c" + place, 1 + random.nextInt(9)));
            }
        }
        return new RoutingProblem("random", depots, customers, 20, OptionalInt.empty(), distance, distance);
    }

    /** Any routes that serve everybody, whether they may or not. */
    static List<Route> routes(RoutingProblem problem, int count, Random random) {
        List<Integer> customers = new ArrayList<>();
        for (int place = problem.depots().size(); place < problem.places(); place++) {
            customers.add(place);
        }
        Collections.shuffle(customers, random);
        List<List<Integer>> stops = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            stops.add(new ArrayList<>());
        }
        customers.forEach(c -> stops.get(random.nextInt(count)).add(c));
        List<Route> routes = new ArrayList<>();
        for (List<Integer> route : stops) {
            if (!route.isEmpty()) {
                routes.add(new Route(random.nextInt(problem.depots().size()), route));
            }
        }
        return routes;
    }

    /** Distance and penalties of routes, told by walking along them. */
    static double cost(RoutingProblem problem, List<Route> routes, double overload, double lateness) {
        double cost = 0;
        for (Route route : routes) {
            double load = 0;
            double time = problem.place(route.depot()).opens();
            int here = route.depot();
            List<Integer> way = new ArrayList<>(route.stops());
            if (way.isEmpty()) {
                continue;
            }
            way.add(route.depot());
            for (int next : way) {
                Stop stop = problem.place(next);
                cost += problem.distance().between(here, next);
                time = Math.max(time + problem.duration().between(here, next), stop.opens());
                if (time > stop.closes()) {
                    cost += lateness * (time - stop.closes());
                    time = stop.closes();
                }
                time += stop.service();
                load += stop.demand();
                here = next;
            }
            cost += overload * Math.max(0, load - problem.capacity());
        }
        return cost;
    }
}
