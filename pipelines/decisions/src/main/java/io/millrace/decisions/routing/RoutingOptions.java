package io.millrace.decisions.routing;

import io.millrace.decisions.Require;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How long and with what the optimizer looks for routes. It ends with the first of both limits; at least one has to be given. With a
 * limit of iterations alone the same seed gives the same routes, whatever the number of threads and the speed of the machine.
 *
 * @param iterations most ants that all colonies send out together, at least 1
 * @param seconds    longest time, above 0
 * @param colonies   colonies side by side, 1 to 64
 * @param threads    threads that they share, at least 1. With a limit of time at most so many colonies are at work
 * @param seed       of everything random
 */
public record RoutingOptions(OptionalLong iterations, OptionalDouble seconds, int colonies, int threads, long seed) {

    private static final int MOST_COLONIES = 64;

    /** Refuses a search without an end. */
    public RoutingOptions {
        Require.that(
                iterations.isPresent() || seconds.isPresent(),
                "neither iterations nor seconds are given; the search would not end");
        iterations.ifPresent(most -> Require.that(most >= 1, "iterations are %s; there must be at least 1", most));
        seconds.ifPresent(most -> Require.positive("seconds", most));
        Require.between("number of colonies", colonies, 1, MOST_COLONIES);
        Require.atLeast("number of threads", threads, 1);
    }

    /** Two colonies that send out so many ants together. */
    public static RoutingOptions ofIterations(long iterations, long seed) {
        return new RoutingOptions(OptionalLong.of(iterations), OptionalDouble.empty(), 2, processors(), seed);
    }

    /** Two colonies, or one on a machine with a single processor, for so long. */
    public static RoutingOptions ofSeconds(double seconds, long seed) {
        return new RoutingOptions(OptionalLong.empty(), OptionalDouble.of(seconds), 2, processors(), seed);
    }

    /** The same on another number of threads. */
    public RoutingOptions withThreads(int number) {
        return new RoutingOptions(iterations, seconds, colonies, number, seed);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
