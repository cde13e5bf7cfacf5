package io.millrace.decisions.routing;

import java.util.SplittableRandom;

/**
 * How an ant puts customers into routes: one after the other where that costs least, in distance and penalties; a place is now and then
 * overlooked (blinks, Christiaens and Vanden Berghe 2020). To an ant that smells trails, an arc seems the longer the weaker its trail.
 */
final class Recreate {

    /** Nearest customers beside which a place is looked for. */
    private static final int NEIGHBOURS = 24;

    private static final double BLINK = 0.01;

    /** Share of ants that smell trails, and by how much an arc without a trail then seems longer at most. */
    private static final double SMELLS = 0.5;

    private static final double STRETCH = 0.3;

    private final Tours tours;
    private final Ground ground;
    private final Moves moves;
    private final LocalSearch search;
    private final Pheromone pheromone;
    private final SplittableRandom random;
    private final double[] keys;
    private double stretch;
    private int route;
    private int behind;
    private double least;

    Recreate(Moves moves, LocalSearch search, Pheromone pheromone, SplittableRandom random) {
        this.moves = moves;
        this.search = search;
        this.pheromone = pheromone;
        this.random = random;
        tours = moves.tours;
        ground = tours.ground;
        keys = new double[ground.places];
    }

    /** Puts the first {@code count} of these customers into routes, and sorts them on the way. They and who is beside them are due for the local search. */
    void insert(int[] customers, int count) {
        sort(customers, count);
        stretch = random.nextDouble() < SMELLS ? random.nextDouble() * STRETCH : 0;
        for (int i = 0; i < count; i++) {
            insert(customers[i]);
        }
    }

    private void sort(int[] customers, int count) {
        int by = random.nextInt(ground.timed ? 17 : 11);
        for (int i = 0; i < count; i++) {
            int customer = customers[i];
            double key = key(customer, by);
            int j = i;
            while (j > 0 && keys[j - 1] > key) {
                keys[j] = keys[j - 1];
                customers[j] = customers[j - 1];
                j--;
            }
            keys[j] = key;
            customers[j] = customer;
        }
    }

    /** Random, the largest demand first, the farthest first, the nearest first, the shortest window first, the earliest or latest first. */
    private double key(int customer, int by) {
        if (by < 4) {
            return random.nextDouble();
        } else if (by < 8) {
            return -ground.demand[customer];
        } else if (by < 10) {
            return -ground.distance(0, customer);
        } else if (by < 11) {
            return ground.distance(0, customer);
        } else if (by < 13) {
            return ground.closes[customer] - ground.opens[customer];
        }
        return by < 15 ? ground.opens[customer] : -ground.closes[customer];
    }

    private void insert(int customer) {
        route = -1;
        least = Double.POSITIVE_INFINITY;
        int[] near = ground.near[customer];
        int most = Math.min(NEIGHBOURS, near.length);
        for (int k = 0; k < most; k++) {
            int r = tours.routeOf[near[k]];
            if (r >= 0) {
                consider(customer, r, tours.position[near[k]]);
                consider(customer, r, tours.position[near[k]] - 1);
            }
        }
        for (int depot = 0; depot < ground.depots; depot++) {
            int r = tours.empty(depot);
            if (r >= 0) {
                consider(customer, r, 0);
            }
        }
        for (int r = 0; route < 0 && r < tours.slots; r++) {
            for (int i = 0; i <= tours.length[r]; i++) {
                consider(customer, r, i);
            }
        }
        search.due(customer);
        search.due(tours.path[route][behind]);
        search.due(tours.path[route][behind + 1]);
        tours.insert(customer, route, behind);
    }

    private void consider(int customer, int r, int at) {
        if (route >= 0 && random.nextDouble() < BLINK) {
            return;
        }
        int x = tours.path[r][at];
        int y = tours.path[r][at + 1];
        double cost = seems(x, customer) + seems(customer, y) - seems(x, y);
        if (cost >= least) {
            return;
        }
        double load = tours.load[r][tours.length[r]];
        cost += moves.overloadOf(load + ground.demand[customer]) - moves.overloadOf(load);
        if (ground.timed && cost < least) {
            double warp = tours.span.from(tours.head[r], at, x).then(customer).warpWith(tours.tail[r], at + 1, y);
            cost += moves.latenessPenalty() * (warp - tours.routeWarp[r]);
        }
        if (cost < least) {
            least = cost;
            route = r;
            behind = at;
        }
    }

    private double seems(int from, int to) {
        double distance = ground.distance(from, to);
        return stretch == 0 ? distance : distance * (1 + stretch * (1 - pheromone.of(from, to)));
    }
}
