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
        int before = from[s - 1];
        int after = from[e + 1];
        int start = turned ? from[e] : from[s];
        int end = turned ? from[s] : from[e];
        double delta = ground.distance(before, after)
                - ground.distance(before, from[s])
                - ground.distance(from[e], after)
                + ground.distance(to[j], start)
                + ground.distance(end, to[j + 1])
                - ground.distance(to[j], to[j + 1]);
        if (turned) {
            delta += tours.reversal(a, s, e);
        }
        double paid = a == b ? penalty(a) : penalty(a) + penalty(b);
        if (delta - paid > -LEAST_GAIN) {
            return false;
        }
        delta -= paid;
        if (a == b) {
            delta += overload * tours.routeExcess[a];
            if (ground.timed) {
                delta += lateness * warpAfterShift(a, s, e, turned, j);
            }
        } else {
            double chain = tours.load[a][e] - tours.load[a][s - 1];
            delta += overloadOf(tours.load[a][tours.length[a]] - chain)
                    + overloadOf(tours.load[b][tours.length[b]] + chain);
            if (ground.timed && delta < -LEAST_GAIN) {
                delta += lateness
                        * (tours.length[a] == e - s + 1 ? 0 : head(a, s - 1).warpWith(tours.tail[a], e + 1, after));
                delta += lateness
                        * head(b, j).then(from, turned ? e : s, turned ? s : e).warpWith(tours.tail[b], j + 1, to[j + 1]);
            }
        }
        if (delta > -LEAST_GAIN) {
            return false;
        }
        gained = -delta;
        if (a == b) {
            shift(a, s, e, turned, j);
        } else {
            int n = copy(a, 1, s - 1, first, 0);
            n = copy(a, e + 1, tours.length[a], first, n);
            int m = copy(b, 1, j, second, 0);
            m = chain(a, s, e, turned, second, m);
            m = copy(b, j + 1, tours.length[b], second, m);
            begin();
            note(before);
            note(after);
            note(start);
            note(end);
            note(to[j]);
            note(to[j + 1]);
            assign(a, n, b, m);
        }
        return true;
    }

    private double warpAfterShift(int a, int s, int e, boolean turned, int j) {
        int[] way = tours.path[a];
        int from = turned ? e : s;
        int to = turned ? s : e;
        if (j > e) {
            return head(a, s - 1).then(way, e + 1, j).then(way, from, to).warpWith(tours.tail[a], j + 1, way[j + 1]);
        }
        return head(a, j).then(way, from, to).then(way, j + 1, s - 1).warpWith(tours.tail[a], e + 1, way[e + 1]);
    }

    private void shift(int a, int s, int e, boolean turned, int j) {
        begin();
        int[] way = tours.path[a];
        note(way[s - 1]);
        note(way[s]);
        note(way[e]);
        note(way[e + 1]);
        note(way[j]);
        note(way[j + 1]);
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

    /** Exchanges the chain at positions s to e of route a for that at positions p to q of route b; both keep their direction. */
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
        double paid = a == b ? penalty(a) : penalty(a) + penalty(b);
        if (delta - paid > -LEAST_GAIN) {
            return false;
        }
        delta -= paid;
        if (a == b) {
            delta += overload * tours.routeExcess[a];
            if (ground.timed) {
                delta += lateness
                        * head(a, s - 1)
                                .then(one, p, q)
                                .then(one, e + 1, p - 1)
                                .then(one, s, e)
                                .warpWith(tours.tail[a], q + 1, one[q + 1]);
            }
        } else {
            double less = tours.load[a][e] - tours.load[a][s - 1];
            double more = tours.load[b][q] - tours.load[b][p - 1];
            delta += overloadOf(tours.load[a][tours.length[a]] - less + more)
                    + overloadOf(tours.load[b][tours.length[b]] - more + less);
            if (ground.timed && delta < -LEAST_GAIN) {
                delta += lateness * head(a, s - 1).then(two, p, q).warpWith(tours.tail[a], e + 1, one[e + 1]);
                delta += lateness * head(b, p - 1).then(one, s, e).warpWith(tours.tail[b], q + 1, two[q + 1]);
            }
        }
        if (delta > -LEAST_GAIN) {
            return false;
        }
        gained = -delta;
        begin();
        note(one[s - 1]);
        note(one[s]);
        note(one[e]);
        note(one[e + 1]);
        note(two[p - 1]);
        note(two[p]);
        note(two[q]);
        note(two[q + 1]);
        int n = copy(a, 1, s - 1, first, 0);
        n = copy(b, p, q, first, n);
        if (a == b) {
            n = copy(a, e + 1, p - 1, first, n);
            n = copy(a, s, e, first, n);
            n = copy(a, q + 1, tours.length[a], first, n);
            tours.assign(a, first, n);
        } else {
            n = copy(a, e + 1, tours.length[a], first, n);
            int m = copy(b, 1, p - 1, second, 0);
            m = copy(a, s, e, second, m);
            m = copy(b, q + 1, tours.length[b], second, m);
            assign(a, n, b, m);
        }
        return true;
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
                + tours.reversal(a, s, e);
        if (delta - lateness * tours.routeWarp[a] > -LEAST_GAIN) {
            return false;
        }
        if (ground.timed) {
            delta += lateness
                    * (head(a, s - 1).then(way, e, s).warpWith(tours.tail[a], e + 1, way[e + 1]) - tours.routeWarp[a]);
            if (delta > -LEAST_GAIN) {
                return false;
            }
        }
        gained = -delta;
        begin();
        note(way[s - 1]);
        note(way[s]);
        note(way[e]);
        note(way[e + 1]);
        int n = copy(a, 1, s - 1, first, 0);
        n = turn(a, e, s, first, n);
        n = copy(a, e + 1, tours.length[a], first, n);
        tours.assign(a, first, n);
        return true;
    }

    /** Routes a and b, of one depot, exchange what comes behind position i of a and behind position j of b. */
    boolean tails(int a, int i, int b, int j) {
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        double delta = ground.distance(one[i], two[j + 1])
                + ground.distance(two[j], one[i + 1])
                - ground.distance(one[i], one[i + 1])
                - ground.distance(two[j], two[j + 1]);
        double paid = penalty(a) + penalty(b);
        if (delta - paid > -LEAST_GAIN || tours.depot[a] != tours.depot[b]) {
            return false;
        }
        int lastOfA = tours.length[a];
        int lastOfB = tours.length[b];
        double headOfA = tours.load[a][i];
        double headOfB = tours.load[b][j];
        delta += overloadOf(headOfA + tours.load[b][lastOfB] - headOfB)
                + overloadOf(headOfB + tours.load[a][lastOfA] - headOfA)
                - paid;
        if (delta > -LEAST_GAIN) {
            return false;
        }
        if (ground.timed) {
            boolean aEmpties = i == 0 && j == lastOfB;
            boolean bEmpties = j == 0 && i == lastOfA;
            delta += lateness * (aEmpties ? 0 : head(a, i).warpWith(tours.tail[b], j + 1, two[j + 1]));
            delta += lateness * (bEmpties ? 0 : head(b, j).warpWith(tours.tail[a], i + 1, one[i + 1]));
            if (delta > -LEAST_GAIN) {
                return false;
            }
        }
        gained = -delta;
        begin();
        note(one[i]);
        note(one[i + 1]);
        note(two[j]);
        note(two[j + 1]);
        int n = copy(a, 1, i, first, 0);
        n = copy(b, j + 1, lastOfB, first, n);
        int m = copy(b, 1, j, second, 0);
        m = copy(a, i + 1, lastOfA, second, m);
        assign(a, n, b, m);
        return true;
    }

    /**
     * Routes a and b, of one depot, become one of their heads, up to i of a and back from j of b, and one of their tails, back from
     * the end of a to i + 1 and on from j + 1 of b. Only without windows, and where ways are as long in both directions.
     */
    boolean joins(int a, int i, int b, int j) {
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        double delta = ground.distance(one[i], two[j])
                + ground.distance(one[i + 1], two[j + 1])
                - ground.distance(one[i], one[i + 1])
                - ground.distance(two[j], two[j + 1]);
        double paid = penalty(a) + penalty(b);
        if (delta - paid > -LEAST_GAIN || tours.depot[a] != tours.depot[b]) {
            return false;
        }
        int lastOfA = tours.length[a];
        int lastOfB = tours.length[b];
        double heads = tours.load[a][i] + tours.load[b][j];
        delta += overloadOf(heads) + overloadOf(tours.load[a][lastOfA] + tours.load[b][lastOfB] - heads) - paid;
        if (delta > -LEAST_GAIN) {
            return false;
        }
        gained = -delta;
        begin();
        note(one[i]);
        note(one[i + 1]);
        note(two[j]);
        note(two[j + 1]);
        int n = copy(a, 1, i, first, 0);
        n = turn(b, j, 1, first, n);
        int m = turn(a, lastOfA, i + 1, second, 0);
        m = copy(b, j + 1, lastOfB, second, m);
        assign(a, n, b, m);
        return true;
    }

    /**
     * The customer at position i of route a goes behind position p of b without j, and the one at position j of b behind position q
     * of a without i; positions are those before the move, and p ≠ j, q ≠ i. {@code p = j − 1} is the place that j leaves.
     */
    boolean swap(int a, int i, int b, int j, int p, int q, double deltaOfDistance) {
        int[] one = tours.path[a];
        int[] two = tours.path[b];
        int u = one[i];
        int v = two[j];
        double delta = deltaOfDistance
                + overloadOf(tours.load[a][tours.length[a]] - ground.demand[u] + ground.demand[v])
                + overloadOf(tours.load[b][tours.length[b]] - ground.demand[v] + ground.demand[u])
                - penalty(a)
                - penalty(b);
        if (delta > -LEAST_GAIN) {
            return false;
        }
        if (ground.timed) {
            delta += lateness * (warpOfSwap(a, i, v, q) + warpOfSwap(b, j, u, p));
            if (delta > -LEAST_GAIN) {
                return false;
            }
        }
        gained = -delta;
        begin();
        note(u);
        note(v);
        note(one[i - 1]);
        note(one[i + 1]);
        note(two[j - 1]);
        note(two[j + 1]);
        note(one[q]);
        note(one[q + 1]);
        note(two[p]);
        note(two[p + 1]);
        int n = swapped(a, i, v, q, first);
        int m = swapped(b, j, u, p, second);
        assign(a, n, b, m);
        return true;
    }

    private double warpOfSwap(int r, int out, int in, int behind) {
        int[] way = tours.path[r];
        if (behind < out) {
            span.from(tours.head[r], behind, way[behind]).then(in);
            if (behind + 1 <= out - 1) {
                span.then(way, behind + 1, out - 1);
            }
            return span.warpWith(tours.tail[r], out + 1, way[out + 1]);
        }
        return head(r, out - 1)
                .then(way, out + 1, behind)
                .then(in)
                .warpWith(tours.tail[r], behind + 1, way[behind + 1]);
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

    private TimeSpan head(int r, int i) {
        return span.from(tours.head[r], i, tours.path[r][i]);
    }

    private void begin() {
        changes = 0;
    }

    private void note(int place) {
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
