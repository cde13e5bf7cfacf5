package io.millrace.models.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The least value of a smooth function of many variables, by limited-memory BFGS with backtracking (Nocedal and Wright, Numerical Optimization,
 * 2006, algorithm 7.4).
 */
public final class Lbfgs {

    private static final int MEMORY = 10;

    /** Of the slope, what a step has to bring at least. */
    private static final double SUFFICIENT = 1e-4;

    private static final int MOST_HALVINGS = 30;

    private Lbfgs() {}

    /** A function with its slope. */
    @FunctionalInterface
    public interface Objective {
        /** The value at {@code point}; fills {@code gradient} with the slope there. */
        double at(double[] point, double[] gradient);
    }

    /** How the point moved in a step and the slope with it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(double[] moved, double[] turned, double curvature) {}

    /**
     * The best point found from {@code start}, after at most {@code limit} steps, or once a step brings less than {@code tolerance} of the value.
     *
     * @param tolerance relative to the value, above 0
     */
    public static double[] minimise(Objective function, double[] start, double tolerance, int limit) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = function.at(point, gradient);
        Deque<Step> steps = new ArrayDeque<>();
        for (int step = 0; step < limit; step++) {
            double[] direction = direction(gradient, steps);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                return point;
            }
            double size = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[point.length];
            double[] slopes = new double[point.length];
            double reached = Double.NaN;
            for (int halving = 0; halving <= MOST_HALVINGS; halving++) {
                for (int j = 0; j < next.length; j++) {
                    next[j] = point[j] + size * direction[j];
                }
                reached = function.at(next, slopes);
                if (reached <= value + SUFFICIENT * size * slope) {
                    break;
                }
                size /= 2;
            }
            if (!(reached < value)) {
                return point;
            }
            remember(steps, point, next, gradient, slopes);
            boolean done = value - reached < tolerance * Math.max(1e-12, Math.abs(value));
            point = next;
            gradient = slopes;
            value = reached;
            if (done) {
                return point;
            }
        }
        return point;
    }

    private static void remember(Deque<Step> steps, double[] from, double[] to, double[] before, double[] after) {
        double[] moved = difference(to, from);
        double[] turned = difference(after, before);
        double curvature = dot(moved, turned);
        if (curvature > 0) {
            if (steps.size() == MEMORY) {
                steps.removeFirst();
            }
            steps.addLast(new Step(moved, turned, curvature));
        }
    }

    /** Downhill, with the curvature that the last steps have shown. */
    private static double[] direction(double[] gradient, Deque<Step> steps) {
        double[] direction = gradient.clone();
        double[] shares = new double[steps.size()];
        int at = steps.size();
        for (Iterator<Step> newest = steps.descendingIterator(); newest.hasNext(); ) {
            Step step = newest.next();
            shares[--at] = dot(step.moved(), direction) / step.curvature();
            add(direction, -shares[at], step.turned());
        }
        if (!steps.isEmpty()) {
            Step last = steps.getLast();
            double scale = last.curvature() / dot(last.turned(), last.turned());
            for (int j = 0; j < direction.length; j++) {
                direction[j] *= scale;
            }
        }
        for (Step step : steps) {
            add(direction, shares[at++] - dot(step.turned(), direction) / step.curvature(), step.moved());
        }
        for (int j = 0; j < direction.length; j++) {
            direction[j] = -direction[j];
        }
        return direction;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            difference[j] = a[j] - b[j];
        }
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * what[j];
        }
    }
}
