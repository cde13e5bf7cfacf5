package io.millrace.decisions.routing;

/**
 * A chain of stops seen as one: how long it takes, how much of that is time that would have to be turned back to meet closing
 * times (time warp), and between when and when it may start at the least of both. Two chains make one in constant time
 * (Vidal, Crainic, Gendreau and Prins 2013). It grows at its end; one object serves many evaluations.
 */
final class TimeSpan {

    /** Numbers that a chain takes in an array: duration, time warp, earliest and latest start. */
    static final int WIDTH = 4;

    private final Ground ground;
    private double duration;
    private double warp;
    private double earliest;
    private double latest;
    private int last;

    TimeSpan(Ground ground) {
        this.ground = ground;
    }

    /** Starts with a chain that is kept at a place of an array, and ends at the stop {@code end}. */
    TimeSpan from(double[] kept, int index, int end) {
        int at = index * WIDTH;
        duration = kept[at];
        warp = kept[at + 1];
        earliest = kept[at + 2];
        latest = kept[at + 3];
        last = end;
        return this;
    }

    /** Starts with one stop. */
    TimeSpan from(int stop) {
        duration = ground.service[stop];
        warp = 0;
        earliest = ground.opens[stop];
        latest = ground.closes[stop];
        last = stop;
        return this;
    }

    /** Goes on to a stop. */
    TimeSpan then(int stop) {
        join(stop, ground.service[stop], 0, ground.opens[stop], ground.closes[stop]);
        last = stop;
        return this;
    }

    /** Goes on over the stops of a path from one position to another, backwards if the second is the smaller one. */
    TimeSpan then(int[] path, int from, int to) {
        int step = from <= to ? 1 : -1;
        for (int i = from; i != to + step; i += step) {
            then(path[i]);
        }
        return this;
    }

    /** The time warp of this chain and a kept one behind it that begins at the stop {@code start}. */
    double warpWith(double[] kept, int index, int start) {
        int at = index * WIDTH;
        double on = duration - warp + ground.duration(last, start);
        return warp + kept[at + 1] + Math.max(earliest + on - kept[at + 3], 0);
    }

    /** Puts {@code stop} before a kept chain that begins at the stop {@code start}, and keeps the whole at another place. */
    void prepend(int stop, double[] kept, int index, int start, int into) {
        from(stop);
        int at = index * WIDTH;
        join(start, kept[at], kept[at + 1], kept[at + 2], kept[at + 3]);
        keep(kept, into);
    }

    /** Keeps the chain at a place of an array. */
    void keep(double[] kept, int index) {
        int at = index * WIDTH;
        kept[at] = duration;
        kept[at + 1] = warp;
        kept[at + 2] = earliest;
        kept[at + 3] = latest;
    }

    double warp() {
        return warp;
    }

    private void join(int start, double length, double moreWarp, double opens, double closes) {
        double on = duration - warp + ground.duration(last, start);
        double wait = Math.max(opens - on - latest, 0);
        double late = Math.max(earliest + on - closes, 0);
        duration += length + ground.duration(last, start) + wait;
        warp += moreWarp + late;
        earliest = Math.max(opens - on, earliest) - wait;
        latest = Math.min(closes - on, latest) + late;
    }
}
