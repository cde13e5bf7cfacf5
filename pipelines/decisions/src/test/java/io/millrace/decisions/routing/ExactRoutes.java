package io.millrace.decisions.routing;

import java.util.Arrays;

/** The least distance of a small problem by dynamic programming over sets of customers. Slow, and simple enough to be believed. */
final class ExactRoutes {

    private ExactRoutes() {}

    /** The optimum over all ways to share the customers out among routes; infinite if there is none. Up to about ten customers. */
    static double distance(RoutingProblem problem) {
        int n = problem.customers().size();
        int sets = 1 << n;
        double[] single = new double[sets];
        Arrays.fill(single, Double.POSITIVE_INFINITY);
        for (int depot = 0; depot < problem.depots().size(); depot++) {
            for (int set = 1; set < sets; set++) {
                if (load(problem, set) <= problem.capacity()) {
                    double time = problem.place(depot).opens();
                    single[set] = Math.min(single[set], route(problem, depot, depot, set, time));
                }
            }
        }
        int most = Math.min(n, problem.vehicles().orElse(n));
        double[] best = new double[sets];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        best[0] = 0;
        for (int vehicle = 0; vehicle < most; vehicle++) {
            double[] next = best.clone();
            for (int set = 1; set < sets; set++) {
                for (int part = set; part > 0; part = (part - 1) & set) {
                    next[set] = Math.min(next[set], single[part] + best[set ^ part]);
                }
            }
            best = next;
        }
        return best[sets - 1];
    }

    private static double load(RoutingProblem problem, int set) {
        double load = 0;
        for (int i = 0; i < problem.customers().size(); i++) {
            load += (set >> i & 1) == 1 ? problem.customers().get(i).demand() : 0;
        }
        return load;
    }

    /** The shortest way on from a place over all of a set and back to the depot, in time; by trying every order. */
    private static double route(RoutingProblem problem, int depot, int here, int set, double time) {
        if (set == 0) {
            boolean inTime = time + problem.duration().between(here, depot)
                    <= problem.place(depot).closes();
            return inTime ? problem.distance().between(here, depot) : Double.POSITIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < problem.customers().size(); i++) {
            int next = problem.depots().size() + i;
            Stop stop = problem.place(next);
            double begins = Math.max(time + problem.duration().between(here, next), stop.opens());
            if ((set >> i & 1) == 1 && begins <= stop.closes()) {
                double on = route(problem, depot, next, set & ~(1 << i), begins + stop.service());
                least = Math.min(least, problem.distance().between(here, next) + on);
            }
        }
        return least;
    }
}
