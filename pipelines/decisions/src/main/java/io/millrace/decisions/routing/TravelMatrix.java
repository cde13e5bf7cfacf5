package io.millrace.decisions.routing;

import io.millrace.decisions.Require;
import java.util.function.IntToDoubleFunction;

/** What it takes to go from each place to each other one: a length or a time, 0 or more, not necessarily the same both ways. */
public final class TravelMatrix {

    private final int size;
    private final double[] values;

    private TravelMatrix(int size, double[] values) {
        this.size = size;
        this.values = values;
    }

    /** A rule that gives the value between two places. */
    @FunctionalInterface
    public interface Rule {
        /** The value from one place to another, by their numbers from 0. */
        double between(int from, int to);
    }

    /** The matrix of {@code size} places by a rule; from a place to itself it is 0. @throws IllegalArgumentException for a value that is negative or no number */
    public static TravelMatrix of(int size, Rule rule) {
        double[] values = new double[Math.multiplyExact(size, size)];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (from != to) {
                    double value = rule.between(from, to);
                    Require.that(
                            value >= 0 && Double.isFinite(value),
                            "from place %s to place %s it is %s; it must be a number that is 0 or more",
                            from + 1,
                            to + 1,
                            value);
                    values[from * size + to] = value;
                }
            }
        }
        return new TravelMatrix(size, values);
    }

    /** Straight-line distances between points of a plane. */
    public static TravelMatrix euclidean(int size, IntToDoubleFunction x, IntToDoubleFunction y) {
        return of(size, (i, j) -> {
            double dx = x.applyAsDouble(i) - x.applyAsDouble(j);
            double dy = y.applyAsDouble(i) - y.applyAsDouble(j);
            return Math.sqrt(dx * dx + dy * dy);
        });
    }

    /** Number of places. */
    public int size() {
        return size;
    }

    /** The value from one place to another, by their numbers from 0. */
    public double between(int from, int to) {
        return values[from * size + to];
    }

    /** Whether every way back is as long as the way there. */
    public boolean isSymmetric() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (values[i * size + j] != values[j * size + i]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The values row by row. Shared and not copied, because the inner loops read it: nobody writes to it. */
    double[] rows() {
        return values;
    }
}
