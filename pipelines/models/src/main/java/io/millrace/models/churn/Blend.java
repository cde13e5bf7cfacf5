package io.millrace.models.churn;

import io.millrace.models.metrics.PlattCalibration;
import io.millrace.models.search.NotNegative;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the log-odds of several members become one probability: their weighted sum, through a logistic curve.
 *
 * <p>The weights are those of a logistic regression on scores out of fold, none below 0 (stacking: Wolpert, 1992;
 * Breiman, "Stacked regressions", 1996). Beforehand they are believed to be equal, each with a standard deviation of
 * {@link #DOUBT}: so a few rows give nearly the mean of the members, and many rows decide by themselves.
 *
 * @param weights     one a member, at least 0, of sum 1
 * @param calibration from the weighted sum to the probability
 */
public record Blend(List<Double> weights, PlattCalibration calibration) {

    private static final double DOUBT = 0.5;

    public Blend {
        weights = List.copyOf(weights);
        if (weights.isEmpty()
                || weights.stream().anyMatch(w -> !(w >= 0))
                || !(Math.abs(weights.stream().mapToDouble(w -> w).sum() - 1) < 1e-6)) {
            throw new IllegalArgumentException(
                    "The weights of a blend are " + weights + "; give at least one, none below 0, of sum 1");
        }
    }

    /** Members that count alike. */
    static Blend equal(int members, PlattCalibration calibration) {
        return new Blend(Collections.nCopies(members, 1.0 / members), calibration);
    }

    /**
     * The most likely one.
     *
     * @param members log-odds out of fold: one array a member, one value a row
     * @param labels  0 or 1, one a row
     */
    public static Blend fit(List<double[]> members, int[] labels) {
        if (members.size() == 1) {
            return equal(1, PlattCalibration.fit(members.get(0), labels));
        }
        double[] solved = solve(members, labels);
        double sum = Arrays.stream(solved).limit(members.size()).sum();
        double intercept = solved[members.size()];
        return sum > 0
                ? new Blend(
                        Arrays.stream(solved)
                                .limit(members.size())
                                .mapToObj(w -> w / sum)
                                .toList(),
                        new PlattCalibration(-sum, -intercept))
                : equal(members.size(), new PlattCalibration(0, -intercept));
    }

    /** Weights before they are scaled to sum 1, and the intercept. */
    private static double[] solve(List<double[]> members, int[] labels) {
        double equal = 1.0 / members.size();
        return NotNegative.weights(members.size(), counted -> {
            double[] moved = fromEqual(counted.stream().map(members::get).toList(), equal, labels);
            for (int m = 0; m < counted.size(); m++) {
                moved[m] += equal;
            }
            return moved;
        });
    }

    /** How far the weights of these members are from {@code equal}, and the intercept. */
    private static double[] fromEqual(List<double[]> members, double equal, int[] labels) {
        double[][] terms = new double[labels.length][members.size()];
        double[] offsets = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            for (int m = 0; m < members.size(); m++) {
                terms[i][m] = members.get(m)[i];
                offsets[i] += equal * terms[i][m];
            }
        }
        return new NewtonLogistic(terms, labels, offsets, 1 / (DOUBT * DOUBT * labels.length)).solve();
    }

    /** The same with these members, which have all the weight. */
    Blend only(int[] members) {
        return new Blend(IntStream.of(members).mapToObj(weights::get).toList(), calibration);
    }

    /** The weighted sum of log-odds: one array a member, one value a row. */
    public double[] margins(List<double[]> members) {
        double[] sums = new double[members.get(0).length];
        for (int m = 0; m < weights.size(); m++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weights.get(m) * members.get(m)[i];
            }
        }
        return sums;
    }
}
