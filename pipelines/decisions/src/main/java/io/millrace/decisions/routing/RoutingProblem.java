package io.millrace.decisions.routing;

import io.millrace.decisions.Require;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Stops to serve with vehicles of one kind. Places are numbered from 0: first the depots, then the customers.
 *
 * @param name      of the problem
 * @param depots    at least one; a route starts at one of them and returns to it
 * @param customers each is served once, by one vehicle
 * @param capacity  of a vehicle, above 0, in the unit of the demands
 * @param vehicles  most routes of each depot; empty for as many as it takes
 * @param distance  between places; the sum over all routes is what is minimised
 * @param duration  between places, in the unit of the windows; only used if a stop has a window
 */
public record RoutingProblem(
        String name,
        List<Stop> depots,
        List<Stop> customers,
        double capacity,
        OptionalInt vehicles,
        TravelMatrix distance,
        TravelMatrix duration) {

    /** Most places. Tables between all pairs of them take 16 bytes a pair with two colonies, and 8 more for durations of their own. */
    public static final int MOST_PLACES = 10_001;

    private static final double ROUNDING = 1e-9;

    /** Refuses a problem without customers, a demand above the capacity, and fleets that cannot carry everything. */
    public RoutingProblem {
        depots = List.copyOf(depots);
        customers = List.copyOf(customers);
        Require.that(!depots.isEmpty(), "there is no depot");
        Require.that(!customers.isEmpty(), "there is no customer to serve");
        Require.positive("vehicle capacity", capacity);
        int places = depots.size() + customers.size();
        Require.that(places <= MOST_PLACES, "%s places are more than the %s that fit", places, MOST_PLACES);
        Require.that(
                distance.size() == places && duration.size() == places,
                "%s places, and distances between %s, durations between %s",
                places,
                distance.size(),
                duration.size());
        for (Stop depot : depots) {
            Require.that(
                    depot.demand() == 0, "depot %s has a demand of %s; it must be 0", depot.code(), depot.demand());
        }
        double total = 0;
        for (Stop customer : customers) {
            Require.that(
                    customer.demand() <= capacity,
                    "customer %s has a demand of %s, above the vehicle capacity of %s",
                    customer.code(),
                    customer.demand(),
                    capacity);
            total += customer.demand();
        }
        checkReach(depots, customers, duration);
        if (vehicles.isPresent()) {
            Require.atLeast("number of vehicles", vehicles.getAsInt(), 1);
            double most = capacity * vehicles.getAsInt() * depots.size();
            Require.that(
                    total <= most * (1 + ROUNDING),
                    "the demand of %s is above what all vehicles carry, %s",
                    total,
                    most);
        }
    }

    private static void checkReach(List<Stop> depots, List<Stop> customers, TravelMatrix duration) {
        for (int c = 0; c < customers.size(); c++) {
            Stop customer = customers.get(c);
            int place = depots.size() + c;
            boolean reached = false;
            boolean returned = false;
            for (int d = 0; d < depots.size(); d++) {
                double begins = Math.max(depots.get(d).opens() + duration.between(d, place), customer.opens());
                double back = begins + customer.service() + duration.between(place, d);
                reached |= begins <= customer.closes();
                returned |= begins <= customer.closes() && back <= depots.get(d).closes();
            }
            Require.that(
                    reached,
                    "customer %s cannot be reached before it closes at %s, by a vehicle that goes straight there",
                    customer.code(),
                    customer.closes());
            Require.that(
                    returned,
                    "a vehicle that serves customer %s alone cannot be back before its depot closes",
                    customer.code());
        }
    }

    /** A problem of one depot without time windows. */
    public static RoutingProblem of(String name, List<Stop> customers, double capacity, TravelMatrix distance) {
        return new RoutingProblem(
                name, List.of(Stop.of("depot", 0)), customers, capacity, OptionalInt.empty(), distance, distance);
    }

    /** The same with another limit of routes for each depot. */
    public RoutingProblem withVehicles(OptionalInt most) {
        return new RoutingProblem(name, depots, customers, capacity, most, distance, duration);
    }

    /** Number of depots and customers. */
    public int places() {
        return depots.size() + customers.size();
    }

    /** The depot or customer of a number. */
    public Stop place(int number) {
        return number < depots.size() ? depots.get(number) : customers.get(number - depots.size());
    }

    /** Whether any stop has a time window. */
    public boolean isTimed() {
        return Stream.concat(depots.stream(), customers.stream()).anyMatch(Stop::isTimed);
    }

    /** The most that a vehicle may be loaded with: its capacity and what adding up fractions may come to. */
    double loadable() {
        return capacity * (1 + ROUNDING);
    }
}
