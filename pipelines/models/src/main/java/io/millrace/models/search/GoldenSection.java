package io.millrace.models.search;

import java.util.function.DoubleUnaryOperator;

/** The least value of a function of one variable: a coarse look over the interval, then golden-section search. */
public final class GoldenSection {

    private static final double RATIO = (Math.sqrt(5) - 1) / 2;
    private static final int LOOKS = 10;

    private GoldenSection() {}

    /** The argument within {@code low} to {@code high}, to the given tolerance. */
    public static double minimise(DoubleUnaryOperator function, double low, double high, double tolerance) {
        double width = (high - low) / LOOKS;
        int best = 0;
        double bestValue = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= LOOKS; i++) {
            double value = function.applyAsDouble(low + i * width);
            if (value < bestValue) {
                bestValue = value;
                best = i;
            }
        }
        double from = low + Math.max(0, best - 1) * width;
        double to = low + Math.min(LOOKS, best + 1) * width;
        double found = narrow(function, from, to, tolerance);
        // An optimum on the edge of the interval is never reached by narrowing.
        return function.applyAsDouble(found) < bestValue ? found : low + best * width;
    }

    private static double narrow(DoubleUnaryOperator function, double from, double to, double tolerance) {
        double a = to - RATIO * (to - from);
        double b = from + RATIO * (to - from);
        double atA = function.applyAsDouble(a);
        double atB = function.applyAsDouble(b);
        while (to - from > tolerance) {
            if (atA <= atB) {
                to = b;
                b = a;
                atB = atA;
                a = to - RATIO * (to - from);
                atA = function.applyAsDouble(a);
            } else {
                from = a;
                a = b;
                atA = atB;
                b = from + RATIO * (to - from);
                atB = function.applyAsDouble(b);
            }
        }
        return (from + to) / 2;
    }
}
