package io.millrace.decisions.routing;

import java.util.List;

/**
 * One vehicle's way from its depot over its stops and back.
 *
 * @param depot number of the place where it starts and ends
 * @param stops numbers of the customers' places in their order
 */
public record Route(int depot, List<Integer> stops) {

    /** Keeps its own copy. */
    public Route {
        stops = List.copyOf(stops);
    }
}
