package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * What kind of demand a series is, by how often there is any and how much its size varies, with the limits of Syntetos, Boylan and
 * Croston ("On the categorization of demand patterns", 2005). Points before the first demand are not looked at; a demand is a point
 * other than 0.
 */
public enum DemandClass {
    /** Often, in sizes that are alike. */
    SMOOTH,
    /** Often, in sizes that vary. */
    ERRATIC,
    /** Seldom, in sizes that are alike. */
    INTERMITTENT,
    /** Seldom, in sizes that vary. */
    LUMPY,
    /** Three demands at most and a point without one, or no demand at all: too little to tell how often and how much. */
    RARE;

    private static final double SELDOM = 1.32;
    private static final double VARIED = 0.49;
    private static final int FEW = 3;

    /**
     * The class of a history of one finite point or more. Where every point is a demand, as in a history of a few points that has just
     * begun, that is demand often, however short.
     */
    public static DemandClass of(double[] history) {
        Normalised.check(history, 1);
        double[] sizes = Arrays.stream(Normalised.scale(history, -Normalised.exponent(history)))
                .filter(value -> value != 0)
                .toArray();
        int points = history.length - firstDemand(history);
        if (sizes.length == 0 || sizes.length <= FEW && points > sizes.length) {
            return RARE;
        }
        boolean varied = squaredVariation(sizes) >= VARIED;
        if ((double) points / sizes.length < SELDOM) {
            return varied ? ERRATIC : SMOOTH;
        }
        return varied ? LUMPY : INTERMITTENT;
    }

    private static int firstDemand(double[] history) {
        int first = 0;
        while (first < history.length && history[first] == 0) {
            first++;
        }
        return first;
    }

    /** The squared coefficient of variation, with the variance of a sample; 0 for a single size. */
    private static double squaredVariation(double[] sizes) {
        double mean = Arrays.stream(sizes).average().orElseThrow();
        double squares =
                Arrays.stream(sizes).map(size -> (size - mean) * (size - mean)).sum();
        return squares == 0 ? 0 : squares / (sizes.length - 1) / (mean * mean);
    }
}
