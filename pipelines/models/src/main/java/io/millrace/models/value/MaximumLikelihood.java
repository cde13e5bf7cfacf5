package io.millrace.models.value;

import io.millrace.models.search.NelderMead;
import java.util.function.ToDoubleFunction;

/**
 * Positive parameters of the greatest likelihood, by a simplex over their logarithms that is begun anew from where it ended, until that
 * brings nothing more. Parameters stay within 0.0001 and 1,000,000: where the likelihood only rises towards 0 or infinity (nobody
 * stops, all have the same rate), the limit is as good as what lies beyond.
 */
final class MaximumLikelihood {

    private static final double LEAST = 1e-4;
    private static final double MOST = 1e6;
    private static final double FIRST_STEP = 0.7;
    private static final double TOLERANCE = 1e-8;
    private static final int EVALUATIONS = 600;
    private static final int MOST_STARTS = 6;

    private MaximumLikelihood() {}

    /** The parameters found from {@code start}. */
    static double[] of(double[] start, ToDoubleFunction<double[]> logLikelihood) {
        ToDoubleFunction<double[]> loss = x -> -logLikelihood.applyAsDouble(parameters(start, x));
        double[] best = new double[start.length];
        double least = loss.applyAsDouble(best);
        for (int i = 0; i < MOST_STARTS; i++) {
            double[] found = NelderMead.minimise(loss, best, FIRST_STEP / (1 << i), TOLERANCE, EVALUATIONS);
            double value = loss.applyAsDouble(found);
            double gain = least - value;
            if (value < least) {
                least = value;
                best = found;
            }
            if (i > 0 && !(gain > 1e-5)) {
                break;
            }
        }
        return parameters(start, best);
    }

    private static double[] parameters(double[] start, double[] logs) {
        double[] parameters = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            parameters[i] = Math.max(LEAST, Math.min(MOST, start[i] * Math.exp(logs[i])));
        }
        return parameters;
    }

    static void requirePositive(double... parameters) {
        for (double parameter : parameters) {
            if (!(parameter > 0) || Double.isInfinite(parameter)) {
                throw new IllegalArgumentException("A parameter has to be above 0 and finite, and is " + parameter);
            }
        }
    }
}
