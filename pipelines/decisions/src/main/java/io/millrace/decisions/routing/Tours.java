package io.millrace.decisions.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The routes that a colony works on, as paths in arrays, with what a move needs to be judged in constant time: loads up to each
 * position, what it costs to run a part backwards, and the times of each head and tail of a route.
 *
 * <p>Routes may break the capacity and the windows: {@link #excess} and {@link #warp} say by how much. What has changed since
 * {@link #begin} can be taken back by {@link #rollback}, at the cost of the routes that were touched.
 */
final class Tours {

    final Ground ground;
    final TimeSpan span;

    /** Route slots in use, some of them empty. */
    int slots;

    /** By route: depot, stops, depot. */
    int[][] path = new int[0][];

    /** By route: number of its stops. */
    int[] length = new int[0];

    int[] depot = new int[0];

    /** By customer: its route, −1 while it has none, and its position, from 1. */
    final int[] routeOf;

    final int[] position;

    /** By route and position: demand of the stops up to there. */
    double[][] load = new double[0][];

    /** By route and position: how much longer the way back from there to the depot is than the way there. */
    double[][] back = new double[0][];

    /** By route and position: the chain from the depot to there, and the one from there to the depot. */
    double[][] head = new double[0][];

    double[][] tail = new double[0][];

    double[] routeDistance = new double[0];
    double[] routeExcess = new double[0];
    double[] routeWarp = new double[0];

    /** Sums over all routes. */
    double distance;

    double excess;
    double warp;

    /** By depot: the empty route that was found last, −1 for none. */
    private final int[] spare;

    private int used;
    private int[][] saved = new int[0][];
    private int[] savedLength = new int[0];
    private boolean[] touched = new boolean[0];
    private int[] journal = new int[16];
    private int journalled;

    Tours(Ground ground) {
        this.ground = ground;
        span = new TimeSpan(ground);
        routeOf = new int[ground.places];
        position = new int[ground.places];
        spare = new int[ground.depots];
        Arrays.fill(spare, -1);
        Arrays.fill(routeOf, -1);
    }

    /** Takes these routes in place of all others, as far as there are vehicles; gives the stops that are left. */
    int[] load(List<Route> routes) {
        List<Integer> left = new ArrayList<>();
        for (int r = 0; r < slots; r++) {
            clear(r);
        }
        for (Route route : routes) {
            int r = empty(route.depot());
            if (r < 0) {
                left.addAll(route.stops());
                continue;
            }
            room(r, route.stops().size());
            int i = 0;
            for (int stop : route.stops()) {
                path[r][++i] = stop;
            }
            close(r, i);
        }
        begin();
        return left.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Number of routes that serve somebody. */
    int used() {
        return used;
    }

    private void clear(int r) {
        for (int i = 1; i <= length[r]; i++) {
            routeOf[path[r][i]] = -1;
        }
        close(r, 0);
    }

    /** The routes that serve somebody. */
    List<Route> routes() {
        return routes(snapshot());
    }

    /** The routes that serve somebody, in one array: of each the depot, the number of its stops, and these. Everybody has to be served. */
    int[] snapshot() {
        int[] flat = new int[2 * used + ground.customers()];
        int at = 0;
        for (int r = 0; r < slots; r++) {
            if (length[r] > 0) {
                flat[at] = depot[r];
                flat[at + 1] = length[r];
                System.arraycopy(path[r], 1, flat, at + 2, length[r]);
                at += 2 + length[r];
            }
        }
        return flat;
    }

    /** The routes of a {@link #snapshot}. */
    static List<Route> routes(int[] snapshot) {
        List<Route> routes = new ArrayList<>();
        for (int at = 0; at < snapshot.length; at += 2 + snapshot[at + 1]) {
            int end = at + 2 + snapshot[at + 1];
            routes.add(new Route(
                    snapshot[at], Arrays.stream(snapshot, at + 2, end).boxed().toList()));
        }
        return routes;
    }

    /** An empty route of a depot, a new one if there is none; −1 if the fleet allows no more. */
    int empty(int depot) {
        int known = spare[depot];
        if (known < 0 || length[known] > 0) {
            spare[depot] = findEmpty(depot);
        }
        return spare[depot];
    }

    private int findEmpty(int depot) {
        int taken = 0;
        for (int r = 0; r < slots; r++) {
            if (this.depot[r] == depot) {
                if (length[r] == 0) {
                    return r;
                }
                taken++;
            }
        }
        return taken < ground.vehicles ? open(depot) : -1;
    }

    private int open(int at) {
        int r = slots++;
        if (r == path.length) {
            grow(Math.max(16, 2 * r));
        }
        depot[r] = at;
        room(r, 8);
        close(r, 0);
        return r;
    }

    private void grow(int to) {
        path = Arrays.copyOf(path, to);
        length = Arrays.copyOf(length, to);
        depot = Arrays.copyOf(depot, to);
        load = Arrays.copyOf(load, to);
        back = Arrays.copyOf(back, to);
        head = Arrays.copyOf(head, to);
        tail = Arrays.copyOf(tail, to);
        routeDistance = Arrays.copyOf(routeDistance, to);
        routeExcess = Arrays.copyOf(routeExcess, to);
        routeWarp = Arrays.copyOf(routeWarp, to);
        saved = Arrays.copyOf(saved, to);
        savedLength = Arrays.copyOf(savedLength, to);
        touched = Arrays.copyOf(touched, to);
    }

    private void room(int r, int stops) {
        int needed = stops + 2;
        if (path[r] == null || path[r].length < needed) {
            int size = needed + needed / 2;
            path[r] = path[r] == null ? new int[size] : Arrays.copyOf(path[r], size);
            load[r] = new double[size];
            back[r] = new double[ground.symmetric ? 0 : size];
            head[r] = new double[ground.timed ? TimeSpan.WIDTH * size : 0];
            tail[r] = new double[ground.timed ? TimeSpan.WIDTH * size : 0];
        }
    }

    /** Ends a route after so many stops, which are in its path, and reckons it anew. */
    private void close(int r, int stops) {
        int[] way = path[r];
        way[0] = depot[r];
        way[stops + 1] = depot[r];
        used += (stops > 0 ? 1 : 0) - (length[r] > 0 ? 1 : 0);
        length[r] = stops;
        double sum = 0;
        double total = 0;
        double[] loads = load[r];
        loads[0] = 0;
        for (int i = 1; i <= stops; i++) {
            int stop = way[i];
            routeOf[stop] = r;
            position[stop] = i;
            sum += ground.demand[stop];
            loads[i] = sum;
            total += ground.distance(way[i - 1], stop);
        }
        total += stops == 0 ? 0 : ground.distance(way[stops], depot[r]);
        loads[stops + 1] = sum;
        distance += total - routeDistance[r];
        routeDistance[r] = total;
        double over = Math.max(0, sum - ground.capacity);
        excess += over - routeExcess[r];
        routeExcess[r] = over;
        if (!ground.symmetric) {
            reckonBack(r);
        }
        if (ground.timed) {
            reckonTimes(r);
        }
    }

    private void reckonBack(int r) {
        int[] way = path[r];
        back[r][0] = 0;
        for (int i = 1; i <= length[r] + 1; i++) {
            back[r][i] = back[r][i - 1] + ground.distance(way[i], way[i - 1]) - ground.distance(way[i - 1], way[i]);
        }
    }

    private void reckonTimes(int r) {
        int[] way = path[r];
        int end = length[r] + 1;
        span.from(way[0]).keep(head[r], 0);
        for (int i = 1; i <= end; i++) {
            span.then(way[i]).keep(head[r], i);
        }
        double late = length[r] == 0 ? 0 : span.warp();
        warp += late - routeWarp[r];
        routeWarp[r] = late;
        span.from(way[end]).keep(tail[r], end);
        for (int i = end - 1; i >= 0; i--) {
            span.prepend(way[i], tail[r], i + 1, way[i + 1], i);
        }
    }

    /** What running the positions from s to e of a route backwards costs more than forwards. */
    double reversal(int r, int s, int e) {
        return ground.symmetric ? 0 : back[r][e] - back[r][s];
    }

    /** From here on changes can be taken back. Sums are formed anew, so that rounding does not pile up. */
    void begin() {
        for (int i = 0; i < journalled; i++) {
            touched[journal[i]] = false;
        }
        journalled = 0;
        distance = 0;
        excess = 0;
        warp = 0;
        for (int r = 0; r < slots; r++) {
            distance += routeDistance[r];
            excess += routeExcess[r];
            warp += routeWarp[r];
        }
    }

    /** Takes back everything since {@link #begin}. */
    void rollback() {
        for (int i = 0; i < journalled; i++) {
            int r = journal[i];
            for (int j = 1; j <= length[r]; j++) {
                if (routeOf[path[r][j]] == r) {
                    routeOf[path[r][j]] = -1;
                }
            }
        }
        for (int i = 0; i < journalled; i++) {
            int r = journal[i];
            System.arraycopy(saved[r], 0, path[r], 1, savedLength[r]);
            close(r, savedLength[r]);
        }
        begin();
    }

    /** Number of routes touched since {@link #begin}. */
    int touchedRoutes() {
        return journalled;
    }

    /** One of the routes touched since {@link #begin}. */
    int touchedRoute(int i) {
        return journal[i];
    }

    /** Whether a route was touched since {@link #begin}. */
    boolean isTouched(int r) {
        return touched[r];
    }

    private void touch(int r) {
        if (!touched[r]) {
            touched[r] = true;
            if (journalled == journal.length) {
                journal = Arrays.copyOf(journal, 2 * journalled);
            }
            journal[journalled++] = r;
            if (saved[r] == null || saved[r].length < length[r]) {
                saved[r] = new int[path[r].length];
            }
            System.arraycopy(path[r], 1, saved[r], 0, length[r]);
            savedLength[r] = length[r];
        }
    }

    /** Takes the customers at positions s to e out of a route; they have no route then. */
    void remove(int r, int s, int e) {
        touch(r);
        for (int i = s; i <= e; i++) {
            routeOf[path[r][i]] = -1;
        }
        System.arraycopy(path[r], e + 1, path[r], s, length[r] - e);
        close(r, length[r] - (e - s + 1));
    }

    /** Puts a customer behind a position of a route. */
    void insert(int customer, int r, int behind) {
        touch(r);
        room(r, length[r] + 1);
        System.arraycopy(path[r], behind + 1, path[r], behind + 2, length[r] - behind);
        path[r][behind + 1] = customer;
        close(r, length[r] + 1);
    }

    /** Gives a route these stops. Who was in it before and is not now has to be given to another route at once. */
    void assign(int r, int[] stops, int count) {
        touch(r);
        room(r, count);
        System.arraycopy(stops, 0, path[r], 1, count);
        close(r, count);
    }
}
