package io.millrace.decisions.routing;

import java.util.Arrays;
import java.util.List;

/**
 * The numbers of a problem as primitive arrays, and who is near whom: what the inner loops read. Made once, shared by all
 * colonies, and written by nobody afterwards. Arrays are by place, depots first.
 */
final class Ground {

    /** Weights of waiting and of lateness in how near two stops are (Vidal, Crainic, Gendreau and Prins 2013). */
    private static final double WAITING = 0.2;

    private static final double LATENESS = 1.0;

    /** Most entries of a row of {@link #near}. */
    private static final int NEIGHBOURS = 100;

    final int places;
    final int depots;
    final double[] distance;
    final double[] duration;
    final double[] demand;
    final double[] opens;
    final double[] closes;
    final double[] service;
    final double capacity;
    final int vehicles;
    final boolean timed;
    final boolean symmetric;

    /** Of each customer the others, the nearest first: {@code near[c]} is empty for a depot. */
    final int[][] near;

    Ground(RoutingProblem problem) {
        places = problem.places();
        depots = problem.depots().size();
        distance = problem.distance().rows();
        duration = problem.duration().rows();
        demand = new double[places];
        opens = new double[places];
        closes = new double[places];
        service = new double[places];
        for (int place = 0; place < places; place++) {
            Stop stop = problem.place(place);
            demand[place] = stop.demand();
            opens[place] = stop.opens();
            closes[place] = stop.closes();
            service[place] = stop.service();
        }
        capacity = problem.loadable();
        vehicles = problem.vehicles().orElse(Integer.MAX_VALUE);
        timed = problem.isTimed();
        symmetric = problem.distance().isSymmetric();
        near = nearest();
    }

    double distance(int from, int to) {
        return distance[from * places + to];
    }

    double duration(int from, int to) {
        return duration[from * places + to];
    }

    int customers() {
        return places - depots;
    }

    /** Of each customer the nearest depot, there and back, that can serve it in time; the first of equals. */
    int[] nearestDepots() {
        int[] nearest = new int[places];
        for (int c = depots; c < places; c++) {
            double least = Double.POSITIVE_INFINITY;
            for (int depot = 0; depot < depots; depot++) {
                double there = distance(depot, c) + distance(c, depot);
                if (there < least && (!timed || isInTime(depot, List.of(c)))) {
                    nearest[c] = depot;
                    least = there;
                }
            }
        }
        return nearest;
    }

    /** Whether a vehicle that goes from a depot over these stops and back meets all windows. */
    boolean isInTime(int depot, List<Integer> stops) {
        double time = opens[depot];
        int here = depot;
        for (int next : stops) {
            time = Math.max(time + duration(here, next), opens[next]);
            if (time > closes[next]) {
                return false;
            }
            time += service[next];
            here = next;
        }
        return time + duration(here, depot) <= closes[depot];
    }

    private int[][] nearest() {
        int[][] lists = new int[places][0];
        for (int c = depots; c < places; c++) {
            long[] others = new long[customers() - 1];
            int count = 0;
            for (int other = depots; other < places; other++) {
                if (other != c) {
                    float apart = (float) Math.min(apart(c, other), apart(other, c));
                    others[count++] = (long) Float.floatToIntBits(apart) << 32 | other;
                }
            }
            Arrays.sort(others);
            lists[c] = Arrays.stream(others, 0, Math.min(NEIGHBOURS, count))
                    .mapToInt(key -> (int) key)
                    .toArray();
        }
        return lists;
    }

    /** How far b is as the next stop after a, in distance, waiting and lateness that cannot be helped. */
    private double apart(int a, int b) {
        if (!timed) {
            return distance(a, b);
        }
        double on = service[a] + duration(a, b);
        double waiting = Math.max(opens[b] - on - closes[a], 0);
        double lateness = Math.max(opens[a] + on - closes[b], 0);
        return distance(a, b) + WAITING * waiting + LATENESS * lateness;
    }
}
