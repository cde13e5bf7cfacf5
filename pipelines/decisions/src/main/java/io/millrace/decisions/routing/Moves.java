package io.millrace.decisions.routing;

/**
 * The moves of the local search: each is judged in constant time by what it does to distance, and only if that may pay, to overload
 * and time warp; it is made if the penalised cost falls. Routes are named a and b, positions count from 1, position 0 and the one
 * behind the last stop are the depot.
 *
 * <p>Sources: 2-opt (Croes 1958), Or-opt (Or 1976), 2-opt* (Potvin and Rousseau 1995), exchange of chains (Taillard and others 1997).
 */
final class Moves {

    /** Less than this is no improvement, so that rounding makes no endless loop. */
    static final double LEAST_GAIN = 1e-7;

    /** Longest chain that is relocated; shorter ones are exchanged. */
    static final int LONGEST_CHAIN = 3;

    final Tours tours;
    private final Ground ground;
    private final TimeSpan span;

    /** What a unit too much costs, and a unit of time too late. */
    private double overload = 1;

    private double lateness = 1;

    private final int[] first;
    private final int[] second;
    private final int[] changed = new int[12];
    private int changes;
    private double gained;

    Moves(Tours tours) {
        this.tours = tours;
        ground = tours.ground;
        span = tours.span;
        first = new int[ground.places + 1];
        second = new int[ground.places + 1];
    }

    /** Sets what a unit of overload and a unit of time warp cost. */
    void penalties(double ofOverload, double ofLateness) {
        overload = ofOverload;
        lateness = ofLateness;
    }

    double overloadPenalty() {
        return overload;
    }

    double latenessPenalty() {
        return lateness;
    }

    /** Distance and penalties of all routes. */
    double cost() {
        return tours.distance + overload * tours.excess + lateness * tours.warp;
    }

    /** What a route pays for its overload and time warp. */
    double penalty(int r) {
        return overload * tours.routeExcess[r] + lateness * tours.routeWarp[r];
    }

    /** What a route of this load would pay for it. */
    double overloadOf(double load) {
        return load > ground.capacity ? overload * (load - ground.capacity) : 0;
    }

    /** What the last move that was made saved. */
    double gained() {
        return gained;
    }

    /** Customers whose neighbours on their route the last move changed. */
    int changes() {
        return changes;
    }

    int changed(int i) {
        return changed[i];
    }

    /** Moves the chain at positions s to e of route a, turned round if so said, behind position j of route b. */
    boolean relocate(int a, int s, int e, boolean turned, int b, int j) {
        if (a == b && j >= s - 1 && j <= e) {
            return false;
        }
        int[] from = tours.path[a];
        int[] to = tours.path[b];
        int start = turned ? from[e] : from[s];
        int end = turned ? from[s] : from[e];
        double delta = ground.distance(from[s - 1], from[e + 1])
                - ground.distance(from[s - 1], from[s])
                - ground.distance(from[e], from[e + 1])
                + ground.distance(to[j], start)
                + ground.distance(end, to[j + 1])
                - ground.distance(to[j], to[j + 1]);
        if (turned) {
            delta += tours.reversal(a, s, e);
        }
        delta -= a == b ? lateness * tours.routeWarp[a] : penalty(a) + penalty(b);
        if (delta > -LEAST_GAIN) {
            return false;
        }
        if (a == b) {
            delta += ground.timed ? lateness * warpAfterShift(a, s, e, turned, j) : 0;
        } else {
            double chain = tours.load[a][e] - tours.load[a][s - 1];
            delta += overloadOf(load(a) - chain) + overloadOf(load(b) + chain);
            if (ground.timed && delta < -LEAST_GAIN) {
                delta += lateness * warpAfterRelocation(a, s, e, turned, b, j);
            }
        }
        if (delta > -LEAST_GAIN) {
            return false;
        }
        begin(delta);
        note(a, s - 1);
        note(a, e + 1);
        note(a, s);
        note(a, e);
        note(b, j);
        note(b, j + 1);
        if (a == b) {
            shift(a, s, e, turned, j);
        } else {
            int n = copy(a, 1, s - 1, first, 0);
            n = copy(a, e + 1, tours.length[a], first, n);
            int m = copy(b, 1, j, second, 0);
            m = chain(a, s, e, turned, second, m);
            m = copy(b, j + 1, tours.length[b], second, m);
            assign(a, n, b, m);
        }
        return true;
    }

    private double warpAfterRelocation(int a, int s, int e, boolean turned, int b, int j) {
        double left = tours.length[a] == e - s + 1 ? 0 : warp(head(a, s - 1), a, e + 1);
        return left + warp(head(b, j).then(tours.path[a], turned ? e : s, turned ? s : e), b, j + 1);
    }

    private double warpAfterShift(int a, int s, int e, boolean turned, int j) {
        int[] way = tours.path[a];
        int from = turned ? e : s;
        int to = turned ? s : e;
        return j > e
                ? warp(head(a, s - 1).then(way, e + 1, j).then(way, from, to), a, j + 1)
                : warp(head(a, j).then(way, from, to).then(way, j + 1, s - 1), a, e + 1);
    }

    private void shift(int a, int s, int e, boolean turned, int j) {
        int n;
        if (j > e) {
            n = copy(a, 1, s - 1, first, 0);
            n = copy(a, e + 1, j, first, n);
            n = chain(a, s, e, turned, first, n);
            n = copy(a, j + 1, tours.length[a], first, n);
        } else {
            n = copy(a, 1, j, first, 0);
            n = chain(a, s, e, turned, first, n);
            n = copy(a, j + 1, s - 1, first, n);
            n = copy(a, e + 1, tours.length[a], first, n);
        }
        tours.assign(a, first, n);
    }

    /**
     * Exchanges the chain at positions s to e of route a for that at positions p to q of route b; both keep their direction. On one route
     * there has to be a stop between them.
     */
    boolean exchange(int a, int s, int e, int b, int p, int q) {
        if (a == b && p <= e + 1 && s <= q + 1) {
            return false;
        }
        if (a == b && s > p) {
            return exchange(b, p, q, a, s, e);
        }
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        double delta = ground.distance(one[s - 1], two[p])
                + ground.distance(two[q], one[e + 1])
                + ground.distance(two[p - 1], one[s])
                + ground.distance(one[e], two[q + 1])
                - ground.distance(one[s - 1], one[s])
                - ground.distance(one[e], one[e + 1])
                - ground.distance(two[p - 1], two[p])
                - ground.distance(two[q], two[q + 1]);
        delta -= a == b ? lateness * tours.routeWarp[a] : penalty(a) + penalty(b);
        if (delta > -LEAST_GAIN) {
            return false;
        }
        if (a != b) {
            double change = tours.load[b][q] - tours.load[b][p - 1] - tours.load[a][e] + tours.load[a][s - 1];
            delta += overloadOf(load(a) + change) + overloadOf(load(b) - change);
        }
        if (ground.timed && delta < -LEAST_GAIN) {
            delta += lateness * warpAfterExchange(a, s, e, b, p, q);
        }
        if (delta > -LEAST_GAIN) {
            return false;
        }
        begin(delta);
        note(a, s - 1);
        note(a, s);
        note(a, e);
        note(a, e + 1);
        note(b, p - 1);
        note(b, p);
        note(b, q);
        note(b, q + 1);
        int n = copy(a, 1, s - 1, first, 0);
        n = copy(b, p, q, first, n);
        if (a == b) {
            n = copy(a, e + 1, p - 1, first, n);
            n = copy(a, s, e, first, n);
            tours.assign(a, first, copy(a, q + 1, tours.length[a], first, n));
        } else {
            n = copy(a, e + 1, tours.length[a], first, n);
            int m = copy(b, 1, p - 1, second, 0);
            m = copy(a, s, e, second, m);
            assign(a, n, b, copy(b, q + 1, tours.length[b], second, m));
        }
        return true;
    }

    private double warpAfterExchange(int a, int s, int e, int b, int p, int q) {
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        if (a == b) {
            return warp(head(a, s - 1).then(one, p, q).then(one, e + 1, p - 1).then(one, s, e), a, q + 1);
        }
        return warp(head(a, s - 1).then(two, p, q), a, e + 1)
                + warp(head(b, p - 1).then(one, s, e), b, q + 1);
    }

    /** Runs positions s to e of a route backwards. */
    boolean reverse(int a, int s, int e) {
        if (s >= e) {
            return false;
        }
        int[] way = tours.path[a];
        double delta = ground.distance(way[s - 1], way[e])
                + ground.distance(way[s], way[e + 1])
                - ground.distance(way[s - 1], way[s])
                - ground.distance(way[e], way[e + 1])
                + tours.reversal(a, s, e)
                - lateness * tours.routeWarp[a];
        if (ground.timed && delta < -LEAST_GAIN) {
            delta += lateness * warp(head(a, s - 1).then(way, e, s), a, e + 1);
        }
        if (delta > -LEAST_GAIN) {
            return false;
        }
        begin(delta);
        note(a, s - 1);
        note(a, s);
        note(a, e);
        note(a, e + 1);
        int n = copy(a, 1, s - 1, first, 0);
        n = turn(a, e, s, first, n);
        tours.assign(a, first, copy(a, e + 1, tours.length[a], first, n));
        return true;
    }

    /** Routes a and b, of one depot, exchange what comes behind position i of a and behind position j of b (2-opt*). */
    boolean tails(int a, int i, int b, int j) {
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        double delta = ground.distance(one[i], two[j + 1])
                + ground.distance(two[j], one[i + 1])
                - ground.distance(one[i], one[i + 1])
                - ground.distance(two[j], two[j + 1])
                - penalty(a)
                - penalty(b);
        if (delta > -LEAST_GAIN || tours.depot[a] != tours.depot[b]) {
            return false;
        }
        double change = load(b) - tours.load[b][j] - load(a) + tours.load[a][i];
        delta += overloadOf(load(a) + change) + overloadOf(load(b) - change);
        if (ground.timed && delta < -LEAST_GAIN) {
            boolean emptiesA = i == 0 && j == tours.length[b];
            boolean emptiesB = j == 0 && i == tours.length[a];
            delta += lateness * (emptiesA ? 0 : warp(head(a, i), b, j + 1));
            delta += lateness * (emptiesB ? 0 : warp(head(b, j), a, i + 1));
        }
        if (delta > -LEAST_GAIN) {
            return false;
        }
        begin(delta);
        noteEnds(a, i, b, j);
        int n = copy(a, 1, i, first, 0);
        n = copy(b, j + 1, tours.length[b], first, n);
        int m = copy(b, 1, j, second, 0);
        assign(a, n, b, copy(a, i + 1, tours.length[a], second, m));
        return true;
    }

    /**
     * Routes a and b, of one depot, become one of their heads, up to i of a and back from j of b, and one of their tails, back from
     * the end of a to i + 1 and on from j + 1 of b (2-opt* with a part turned). Only without windows, and if all ways are as long in
     * both directions.
     */
    boolean joins(int a, int i, int b, int j) {
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        double delta = ground.distance(one[i], two[j])
                + ground.distance(one[i + 1], two[j + 1])
                - ground.distance(one[i], one[i + 1])
                - ground.distance(two[j], two[j + 1])
                - penalty(a)
                - penalty(b);
        if (delta > -LEAST_GAIN || tours.depot[a] != tours.depot[b]) {
            return false;
        }
        double heads = tours.load[a][i] + tours.load[b][j];
        delta += overloadOf(heads) + overloadOf(load(a) + load(b) - heads);
        if (delta > -LEAST_GAIN) {
            return false;
        }
        begin(delta);
        noteEnds(a, i, b, j);
        int n = copy(a, 1, i, first, 0);
        n = turn(b, j, 1, first, n);
        int m = turn(a, tours.length[a], i + 1, second, 0);
        assign(a, n, b, copy(b, j + 1, tours.length[b], second, m));
        return true;
    }

    /**
     * The customer at position i of route a goes behind position p of b without j, and the one at position j of b behind position q
     * of a without i; positions are those before the move, p ≠ j and q ≠ i. {@code p = j − 1} is the place that j leaves.
     *
     * @param delta what that does to the distance
     */
    boolean swap(int a, int i, int b, int j, int p, int q, double delta) {
        int u = tours.path[a][i];
        int v = tours.path[b][j];
        double change = ground.demand[v] - ground.demand[u];
        double cost = delta + overloadOf(load(a) + change) + overloadOf(load(b) - change) - penalty(a) - penalty(b);
        if (ground.timed && cost < -LEAST_GAIN) {
            cost += lateness * (warpAfterSwap(a, i, v, q) + warpAfterSwap(b, j, u, p));
        }
        if (cost > -LEAST_GAIN) {
            return false;
        }
        begin(cost);
        noteSwap(a, i, q);
        noteSwap(b, j, p);
        assign(a, swapped(a, i, v, q, first), b, swapped(b, j, u, p, second));
        return true;
    }

    private void noteSwap(int r, int out, int behind) {
        note(r, out - 1);
        note(r, out);
        note(r, out + 1);
        note(r, behind);
        note(r, behind + 1);
    }

    private double warpAfterSwap(int r, int out, int in, int behind) {
        int[] way = tours.path[r];
        if (behind >= out) {
            return warp(head(r, out - 1).then(way, out + 1, behind).then(in), r, behind + 1);
        }
        TimeSpan chain = head(r, behind).then(in);
        return warp(behind < out - 1 ? chain.then(way, behind + 1, out - 1) : chain, r, out + 1);
    }

    private int swapped(int r, int out, int in, int behind, int[] into) {
        int[] way = tours.path[r];
        int n = 0;
        for (int i = 0; i <= tours.length[r]; i++) {
            if (i > 0 && i != out) {
                into[n++] = way[i];
            }
            if (i == behind) {
                into[n++] = in;
            }
        }
        return n;
    }

    private double load(int r) {
        return tours.load[r][tours.length[r]];
    }

    private TimeSpan head(int r, int i) {
        return span.from(tours.head[r], i, tours.path[r][i]);
    }

    /** The time warp of a route that begins with a chain and goes on from a position of route r to its end. */
    private double warp(TimeSpan chain, int r, int from) {
        return chain.warpWith(tours.tail[r], from, tours.path[r][from]);
    }

    private void begin(double delta) {
        gained = -delta;
        changes = 0;
    }

    private void noteEnds(int a, int i, int b, int j) {
        note(a, i);
        note(a, i + 1);
        note(b, j);
        note(b, j + 1);
    }

    private void note(int r, int position) {
        int place = tours.path[r][position];
        if (place >= ground.depots) {
            changed[changes++] = place;
        }
    }

    private void assign(int a, int n, int b, int m) {
        tours.assign(a, first, n);
        tours.assign(b, second, m);
    }

    /** Appends positions from to to of a route; nothing if {@code from} is the larger one. */
    private int copy(int r, int from, int to, int[] into, int count) {
        System.arraycopy(tours.path[r], from, into, count, to - from + 1);
        return count + to - from + 1;
    }

    /** Appends positions from {@code last} down to {@code start} of a route; nothing if {@code last} is the smaller one. */
    private int turn(int r, int last, int start, int[] into, int count) {
        int[] way = tours.path[r];
        int n = count;
        for (int i = last; i >= start; i--) {
            into[n++] = way[i];
        }
        return n;
    }

    private int chain(int r, int s, int e, boolean turned, int[] into, int count) {
        return turned ? turn(r, e, s, into, count) : copy(r, s, e, into, count);
    }
}
