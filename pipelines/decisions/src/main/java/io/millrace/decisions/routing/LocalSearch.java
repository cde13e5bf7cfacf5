package io.millrace.decisions.routing;

/**
 * Improves routes until no move pays: first improvement over customers that are due, each beside its nearest ones (granular
 * neighbourhoods, Toth and Vigo 2003). A customer is due at first where the caller says so, and again when a move changed who is next
 * to it. Then SWAP* (Vidal 2022) among routes that changed and run near each other.
 */
final class LocalSearch {

    private static final int NEIGHBOURS = 12;

    private final Moves moves;
    private final Tours tours;
    private final Ground ground;
    private final SwapStar swapStar;
    private final int[] queue;
    private final boolean[] due;
    private int next;
    private int size;

    LocalSearch(Moves moves) {
        this.moves = moves;
        tours = moves.tours;
        ground = tours.ground;
        swapStar = new SwapStar(moves);
        queue = new int[ground.places];
        due = new boolean[ground.places];
    }

    /** A customer, or a depot that is passed over, is to be looked at. */
    void due(int place) {
        if (place >= ground.depots && !due[place]) {
            due[place] = true;
            queue[(next + size++) % queue.length] = place;
        }
    }

    /** Makes moves until none is left that pays, for those that are due. */
    void run() {
        while (size > 0) {
            int u = queue[next];
            next = next + 1 == queue.length ? 0 : next + 1;
            size--;
            due[u] = false;
            if (improves(u)) {
                due(u);
                changedAreDue();
            }
        }
    }

    /** As {@link #run}, and SWAP* among the routes that were touched since {@link Tours#begin} and those near them. */
    void runThoroughly() {
        run();
        int from = 0;
        while (from < tours.touchedRoutes()) {
            int upTo = tours.touchedRoutes();
            for (int i = from; i < upTo; i++) {
                while (swapStar.improves(tours.touchedRoute(i))) {
                    changedAreDue();
                    run();
                }
            }
            from = upTo;
        }
    }

    private void changedAreDue() {
        for (int i = 0; i < moves.changes(); i++) {
            due(moves.changed(i));
        }
    }

    private boolean improves(int u) {
        int[] near = ground.near[u];
        int most = Math.min(NEIGHBOURS, near.length);
        for (int k = 0; k < most; k++) {
            int v = near[k];
            int a = tours.routeOf[u];
            int b = tours.routeOf[v];
            int i = tours.position[u];
            int j = tours.position[v];
            if (gain(a, i, b) < ground.distance(u, v)) {
                continue;
            }
            if (relocates(a, i, b, j) || exchanges(a, i, b, j) || (a == b ? reverses(a, i, j) : crosses(a, i, b, j))) {
                return true;
            }
        }
        return opens(u);
    }

    /** The most that leaving a neighbour on its route, and all penalties of both routes, can bring the customer at position i of a. */
    private double gain(int a, int i, int b) {
        int[] way = tours.path[a];
        double left = Math.max(ground.distance(way[i - 1], way[i]), ground.distance(way[i], way[i + 1]));
        return left + moves.penalty(a) + (a == b ? 0 : moves.penalty(b));
    }

    /** Chains that begin or end at position i of a, to either side of position j of b. */
    private boolean relocates(int a, int i, int b, int j) {
        if (moves.relocate(a, i, i, false, b, j) || moves.relocate(a, i, i, false, b, j - 1)) {
            return true;
        }
        for (int more = 1; more < Moves.LONGEST_CHAIN; more++) {
            int e = i + more;
            if (e <= tours.length[a]
                    && (moves.relocate(a, i, e, false, b, j) || moves.relocate(a, i, e, true, b, j - 1))) {
                return true;
            }
            int s = i - more;
            if (s >= 1 && (moves.relocate(a, s, i, false, b, j - 1) || moves.relocate(a, s, i, true, b, j))) {
                return true;
            }
        }
        return false;
    }

    /** Chains that begin or end at position i of a against those behind and before position j of b. */
    private boolean exchanges(int a, int i, int b, int j) {
        for (int k = 0; k < Moves.LONGEST_CHAIN - 1; k++) {
            for (int l = 1; l < Moves.LONGEST_CHAIN; l++) {
                if (i + k <= tours.length[a]
                        && j + l <= tours.length[b]
                        && moves.exchange(a, i, i + k, b, j + 1, j + l)) {
                    return true;
                }
                if (i - k >= 1 && j - l >= 1 && moves.exchange(a, i - k, i, b, j - l, j - 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean reverses(int a, int i, int j) {
        return i < j
                ? moves.reverse(a, i + 1, j) || moves.reverse(a, i, j - 1)
                : moves.reverse(a, j + 1, i) || moves.reverse(a, j, i - 1);
    }

    private boolean crosses(int a, int i, int b, int j) {
        if (moves.tails(a, i, b, j - 1) || moves.tails(b, j, a, i - 1)) {
            return true;
        }
        return !ground.timed && ground.symmetric && (moves.joins(a, i, b, j) || moves.joins(a, i - 1, b, j - 1));
    }

    /** A customer on a route of its own, its route in two, or its route at another depot. */
    private boolean opens(int u) {
        int a = tours.routeOf[u];
        int i = tours.position[u];
        int last = tours.length[a];
        for (int depot = 0; depot < ground.depots; depot++) {
            int empty = tours.empty(depot);
            if (empty >= 0
                    && (moves.relocate(a, i, i, false, empty, 0)
                            || moves.tails(a, i - 1, empty, 0)
                            || depot != tours.depot[a] && moves.relocate(a, 1, last, false, empty, 0))) {
                return true;
            }
        }
        return false;
    }

    /** Nobody is due any more. */
    void nobodyIsDue() {
        while (size > 0) {
            due[queue[next]] = false;
            next = next + 1 == queue.length ? 0 : next + 1;
            size--;
        }
    }

    /** Everybody is due. */
    void everybodyIsDue() {
        for (int c = ground.depots; c < ground.places; c++) {
            due(c);
        }
    }
}
