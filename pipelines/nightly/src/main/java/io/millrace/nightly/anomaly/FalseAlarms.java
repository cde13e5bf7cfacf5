package io.millrace.nightly.anomaly;

import io.millrace.models.metrics.Quantiles;

/** The score from which on something is told. */
final class FalseAlarms {

    private static final double BODY = 0.75;
    private static final double SHOULDER = 0.9;

    private FalseAlarms() {}

    /**
     * A score that usual cases pass with a probability. Scores add up negative logarithms of probabilities, so their tail falls like that of an
     * exponential distribution; its steepness is told by where a quarter and a tenth of the cases begin, which anomalies, being fewer, do not move much.
     *
     * @param scores of all cases, anomalies among them
     * @param share  of usual cases that may pass, above 0
     */
    static double threshold(double[] scores, double share) {
        double body = Quantiles.of(scores, BODY);
        double shoulder = Quantiles.of(scores, SHOULDER);
        double steepness = Math.log((1 - BODY) / (1 - SHOULDER)) / Math.max(shoulder - body, 1e-9);
        return shoulder + Math.max(0, Math.log((1 - SHOULDER) / share)) / steepness;
    }
}
