package io.millrace.decisions.routing;

import io.millrace.decisions.Require;

/**
 * A place that vehicles visit: a customer, or a depot from which they start and to which they return.
 *
 * @param code    its name
 * @param demand  what a vehicle leaves there, in the unit of the capacity, 0 or more; 0 for a depot
 * @param opens   earliest start of service; who comes earlier waits. At a depot the earliest departure
 * @param closes  latest start of service, at least {@code opens}, infinite for no limit. At a depot the latest return
 * @param service how long service takes, 0 or more, in the unit of the windows and of the durations between stops
 */
public record Stop(String code, double demand, double opens, double closes, double service) {

    /** Refuses negative figures and a window that closes before it opens. */
    public Stop {
        Require.text("code of a stop", code);
        Require.notNegative("demand of stop " + code, demand);
        Require.notNegative("opening of stop " + code, opens);
        Require.notNegative("service time of stop " + code, service);
        Require.that(closes >= opens, "stop %s closes at %s, before it opens at %s", code, closes, opens);
    }

    /** A stop that may be visited at any time. */
    public static Stop of(String code, double demand) {
        return new Stop(code, demand, 0, Double.POSITIVE_INFINITY, 0);
    }

    /** Whether there is a time before or after which service may not start. */
    public boolean isTimed() {
        return opens > 0 || closes < Double.POSITIVE_INFINITY;
    }
}
