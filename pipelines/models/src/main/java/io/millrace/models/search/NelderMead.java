package io.millrace.models.search;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The least value of a function of a few variables by a simplex that walks downhill (Nelder and Mead, 1965). */
public final class NelderMead {

    private final ToDoubleFunction<double[]> function;
    private final double[][] points;
    private final double[] values;
    private int evaluations;

    private NelderMead(ToDoubleFunction<double[]> function, double[] start, double step) {
        this.function = function;
        points = new double[start.length + 1][];
        values = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            double[] point = start.clone();
            if (i > 0) {
                point[i - 1] += step;
            }
            put(i, point, valueAt(point));
        }
    }

    /**
     * The best point found from {@code start} with a first step of {@code step} in each variable, after at most
     * {@code limit} evaluations or once the values of the simplex differ by no more than {@code tolerance}.
     */
    public static double[] minimise(
            ToDoubleFunction<double[]> function, double[] start, double step, double tolerance, int limit) {
        NelderMead search = new NelderMead(function, start, step);
        search.sort();
        while (search.evaluations < limit && search.spread() > tolerance) {
            search.step();
            search.sort();
        }
        return search.points[0];
    }

    private double spread() {
        double spread = values[values.length - 1] - values[0];
        // A simplex that lies in forbidden ground altogether has nowhere to go.
        return Double.isNaN(spread) ? 0 : spread;
    }

    private void step() {
        int worst = points.length - 1;
        double[] centre = centreOfOthers();
        double[] reflected = along(centre, points[worst], -1);
        double value = valueAt(reflected);
        if (value < values[0]) {
            double[] expanded = along(centre, points[worst], -2);
            double further = valueAt(expanded);
            put(worst, further < value ? expanded : reflected, Math.min(further, value));
        } else if (value < values[worst - 1]) {
            put(worst, reflected, value);
        } else {
            contract(centre, reflected, value);
        }
    }

    private void contract(double[] centre, double[] reflected, double value) {
        int worst = points.length - 1;
        double[] towards = value < values[worst] ? reflected : points[worst];
        double[] contracted = along(centre, towards, 0.5);
        double nearer = valueAt(contracted);
        if (nearer < Math.min(value, values[worst])) {
            put(worst, contracted, nearer);
            return;
        }
        for (int i = 1; i < points.length; i++) {
            double[] shrunk = along(points[0], points[i], 0.5);
            put(i, shrunk, valueAt(shrunk));
        }
    }

    private double[] centreOfOthers() {
        int others = points.length - 1;
        double[] centre = new double[others];
        for (int i = 0; i < others; i++) {
            for (int d = 0; d < others; d++) {
                centre[d] += points[i][d] / others;
            }
        }
        return centre;
    }

    private static double[] along(double[] from, double[] to, double share) {
        double[] point = new double[from.length];
        for (int d = 0; d < point.length; d++) {
            point[d] = from[d] + share * (to[d] - from[d]);
        }
        return point;
    }

    private double valueAt(double[] point) {
        evaluations++;
        double value = function.applyAsDouble(point);
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private void put(int i, double[] point, double value) {
        points[i] = point;
        values[i] = value;
    }

    /** Insertion sort: after a step all points but one are in order. */
    private void sort() {
        for (int i = 1; i < points.length; i++) {
            double[] point = points[i];
            double value = values[i];
            int j = Arrays.binarySearch(values, 0, i, value);
            j = j < 0 ? -j - 1 : j;
            System.arraycopy(points, j, points, j + 1, i - j);
            System.arraycopy(values, j, values, j + 1, i - j);
            put(j, point, value);
        }
    }
}
