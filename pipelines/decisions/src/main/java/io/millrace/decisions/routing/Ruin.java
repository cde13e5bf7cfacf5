package io.millrace.decisions.routing;

import java.util.SplittableRandom;

/**
 * How an ant takes routes apart: strings of stops of neighbouring routes around one customer (Christiaens and Vanden Berghe 2020). Of two
 * customers drawn, the one whose trails are weaker is the middle as often as not, because what the colony is less sure of is worth
 * trying anew.
 */
final class Ruin {

    /** Customers removed in the mean, and longest string. */
    private static final double REMOVED = 6;

    private static final double LONGEST = 8;

    /** Share of strings that keep a part of themselves, and of steps by which that part grows. */
    private static final double SPLIT = 0.5;

    private static final double GROWS = 0.5;

    private static final double GUIDED = 0.5;

    private final Tours tours;
    private final Ground ground;
    private final LocalSearch search;
    private final Pheromone pheromone;
    private final SplittableRandom random;

    /** Who was removed: the first {@link #count} entries. */
    final int[] removed;

    int count;

    Ruin(Tours tours, LocalSearch search, Pheromone pheromone, SplittableRandom random) {
        this.tours = tours;
        this.search = search;
        this.pheromone = pheromone;
        this.random = random;
        ground = tours.ground;
        removed = new int[ground.places];
    }

    /** Removes strings around a customer. The ends of what stays are due for the local search. */
    void strings() {
        count = 0;
        int middle = middle();
        int used = tours.used();
        double longest = Math.min(LONGEST, ground.customers() / (double) used);
        int strings = (int) (1 + random.nextDouble() * Math.max(1, 4 * REMOVED / (1 + longest) - 1));
        string(middle, longest);
        int[] near = ground.near[middle];
        for (int i = 0, taken = 1; i < near.length && taken < strings; i++) {
            int r = tours.routeOf[near[i]];
            if (r >= 0 && (!tours.isTouched(r) || used < strings)) {
                string(near[i], longest);
                taken++;
            }
        }
    }

    private int middle() {
        int middle = anybody();
        if (random.nextDouble() < GUIDED) {
            int other = anybody();
            return trail(other) < trail(middle) ? other : middle;
        }
        return middle;
    }

    private int anybody() {
        return ground.depots + random.nextInt(ground.customers());
    }

    private double trail(int customer) {
        int[] way = tours.path[tours.routeOf[customer]];
        int i = tours.position[customer];
        return pheromone.of(way[i - 1], customer) + pheromone.of(customer, way[i + 1]);
    }

    /** Removes a string of random length that a customer is part of, all of it or but for a part within. */
    private void string(int customer, double longest) {
        int r = tours.routeOf[customer];
        int at = tours.position[customer];
        int all = tours.length[r];
        int size = Math.min(all, (int) (1 + random.nextDouble() * Math.min(all, longest)));
        int kept = 0;
        if (size > 1 && size < all && random.nextDouble() < SPLIT) {
            kept = 1;
            while (size + kept < all && random.nextDouble() < GROWS) {
                kept++;
            }
        }
        int first = Math.max(1, at - size - kept + 1);
        int last = Math.min(at, all - size - kept + 1);
        int s = first + random.nextInt(last - first + 1);
        int e = s + size + kept - 1;
        int stays = kept == 0 ? e + 1 : s + 1 + random.nextInt(size - 1);
        for (int i = stays; i < stays + kept; i++) {
            search.due(tours.path[r][i]);
        }
        search.due(tours.path[r][s - 1]);
        search.due(tours.path[r][e + 1]);
        if (kept > 0) {
            take(r, stays + kept, e);
        }
        take(r, s, stays - 1);
    }

    private void take(int r, int s, int e) {
        System.arraycopy(tours.path[r], s, removed, count, e - s + 1);
        count += e - s + 1;
        tours.remove(r, s, e);
    }
}
