package io.millrace.decisions.routing;

import java.util.Arrays;

/**
 * SWAP* (Vidal 2022): exchanges two customers of two routes, each going to the place of the other route where it costs least, not
 * necessarily where the other one was. For each customer the three cheapest places of the other route are found first; of them at
 * least one is not beside the customer that leaves.
 */
final class SwapStar {

    private static final int PLACES = 3;

    /** Routes are near each other if a stop of one is among so many nearest of a stop of the other. */
    private static final int NEAR = 8;

    private final Moves moves;
    private final Tours tours;
    private final Ground ground;

    /** By customer: where it would cost least in the other route, and what. */
    private final int[] behind;

    private final double[] costs;
    private int[] seen = new int[16];
    private int round;

    SwapStar(Moves moves) {
        this.moves = moves;
        tours = moves.tours;
        ground = tours.ground;
        behind = new int[PLACES * ground.places];
        costs = new double[PLACES * ground.places];
    }

    /** Makes the first such move that pays between route a and a route near it. */
    boolean improves(int a) {
        if (tours.slots > seen.length) {
            seen = Arrays.copyOf(seen, 2 * tours.slots);
        }
        round++;
        seen[a] = round;
        for (int i = 1; i <= tours.length[a]; i++) {
            int[] near = ground.near[tours.path[a][i]];
            for (int k = 0; k < Math.min(NEAR, near.length); k++) {
                int b = tours.routeOf[near[k]];
                if (seen[b] != round) {
                    seen[b] = round;
                    if (improves(a, b)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean improves(int a, int b) {
        findPlaces(a, b);
        findPlaces(b, a);
        double paid = moves.penalty(a) + moves.penalty(b);
        double loadOfA = tours.load[a][tours.length[a]];
        double loadOfB = tours.load[b][tours.length[b]];
        for (int i = 1; i <= tours.length[a]; i++) {
            int u = tours.path[a][i];
            double without = removal(a, i);
            for (int j = 1; j <= tours.length[b]; j++) {
                int v = tours.path[b][j];
                double change = ground.demand[v] - ground.demand[u];
                double least = without
                        + removal(b, j)
                        + moves.overloadOf(loadOfA + change)
                        + moves.overloadOf(loadOfB - change)
                        - paid;
                if (least < -Moves.LEAST_GAIN && best(a, i, b, j, without + removal(b, j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean best(int a, int i, int b, int j, double removed) {
        int u = tours.path[a][i];
        int v = tours.path[b][j];
        int p = place(u, b, j);
        int q = place(v, a, i);
        return moves.swap(a, i, b, j, p, q, removed + cost(u, b, j, p) + cost(v, a, i, q));
    }

    /** What the route is longer by for the customer at a position; negated. */
    private double removal(int r, int i) {
        int[] way = tours.path[r];
        return ground.distance(way[i - 1], way[i + 1])
                - ground.distance(way[i - 1], way[i])
                - ground.distance(way[i], way[i + 1]);
    }

    /** The cheapest place for a customer in a route that the one at position {@code gone} leaves. */
    private int place(int customer, int r, int gone) {
        int best = gone - 1;
        double least = inPlaceOf(customer, r, gone);
        for (int k = PLACES * customer; k < PLACES * (customer + 1); k++) {
            if (behind[k] >= 0 && behind[k] != gone && behind[k] != gone - 1) {
                return costs[k] < least ? behind[k] : best;
            }
        }
        return best;
    }

    private double cost(int customer, int r, int gone, int at) {
        return at == gone - 1 ? inPlaceOf(customer, r, gone) : insertion(customer, r, at);
    }

    private double inPlaceOf(int customer, int r, int gone) {
        int[] way = tours.path[r];
        return ground.distance(way[gone - 1], customer)
                + ground.distance(customer, way[gone + 1])
                - ground.distance(way[gone - 1], way[gone + 1]);
    }

    private double insertion(int customer, int r, int at) {
        int[] way = tours.path[r];
        return ground.distance(way[at], customer)
                + ground.distance(customer, way[at + 1])
                - ground.distance(way[at], way[at + 1]);
    }

    /** The three cheapest places of route {@code into} for each customer of route {@code of}. */
    private void findPlaces(int of, int into) {
        for (int i = 1; i <= tours.length[of]; i++) {
            int customer = tours.path[of][i];
            int start = PLACES * customer;
            Arrays.fill(behind, start, start + PLACES, -1);
            for (int at = 0; at <= tours.length[into]; at++) {
                double cost = insertion(customer, into, at);
                int k = start + PLACES - 1;
                if (behind[k] >= 0 && costs[k] <= cost) {
                    continue;
                }
                while (k > start && (behind[k - 1] < 0 || costs[k - 1] > cost)) {
                    behind[k] = behind[k - 1];
                    costs[k] = costs[k - 1];
                    k--;
                }
                behind[k] = at;
                costs[k] = cost;
            }
        }
    }
}
