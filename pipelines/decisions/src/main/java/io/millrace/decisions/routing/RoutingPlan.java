package io.millrace.decisions.routing;

import java.util.List;
import java.util.Map;

/**
 * Routes for a problem, beside what simple rules would drive.
 *
 * @param routes    in the order of their first stops
 * @param verdict   distance, vehicles and broken rules as {@link RouteCheck} tells them. Rules are broken only if the fleet is limited and
 *     no routes were found that it can drive in time
 * @param baselines by name: {@code nearest_neighbour_2opt}, {@code savings}, {@code savings_2opt}
 * @param ants      that were sent out by all colonies
 */
public record RoutingPlan(
        List<Route> routes, RouteCheck.Verdict verdict, Map<String, RouteCheck.Verdict> baselines, long ants) {

    /** Keeps its own copy. */
    public RoutingPlan {
        routes = List.copyOf(routes);
    }

    /** Length of all routes. */
    public double distance() {
        return verdict.distance();
    }
}
