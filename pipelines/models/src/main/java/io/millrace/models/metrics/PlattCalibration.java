package io.millrace.models.metrics;

import java.util.Arrays;

/**
 * A logistic curve through the scores: probability = 1 / (1 + exp(slope × score + intercept)), where a slope below 0
 * means that a higher score is more likely positive. Fitted by Newton's method with backtracking on smoothed targets
 * (Platt 1999; Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector machines", 2007).
 *
 * @param slope     by which the score is multiplied
 * @param intercept what is added
 */
public record PlattCalibration(double slope, double intercept) {

    private static final int STEPS = 100;
    private static final double RIDGE = 1e-12;

    public PlattCalibration {
        if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw new IllegalArgumentException(
                    "The calibration has slope " + slope + " and intercept " + intercept + ": both have to be finite.");
        }
    }

    /** The curve that makes {@code labels} (0 or 1) most likely. */
    public static PlattCalibration fit(double[] scores, int[] labels) {
        Scored.check(scores, labels);
        double positives = Scored.positives(labels);
        double negatives = labels.length - positives;
        double high = (positives + 1) / (positives + 2);
        double low = 1 / (negatives + 2);
        double[] targets = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = labels[i] == 1 ? high : low;
        }
        PlattCalibration start = new PlattCalibration(0, Math.log((negatives + 1) / (positives + 1)));
        return newton(start, scores, targets);
    }

    /** Restores a calibration from {@link #parameters()}. */
    public static PlattCalibration ofParameters(double[] parameters) {
        if (parameters.length != 2) {
            throw new IllegalArgumentException("Platt calibration has 2 parameters, slope and intercept, not "
                    + parameters.length + ". Maybe they belong to an isotonic calibration.");
        }
        return new PlattCalibration(parameters[0], parameters[1]);
    }

    /** The probability, 0 to 1, that belongs to a score. */
    public double apply(double score) {
        return 1 / (1 + Math.exp(slope * score + intercept));
    }

    /** The probabilities that belong to the scores, in their order. */
    public double[] apply(double[] scores) {
        return Arrays.stream(scores).map(this::apply).toArray();
    }

    /** What {@link #ofParameters} needs to restore it. */
    public double[] parameters() {
        return new double[] {slope, intercept};
    }

    private static PlattCalibration newton(PlattCalibration start, double[] scores, double[] targets) {
        PlattCalibration current = start;
        double loss = current.loss(scores, targets);
        for (int step = 0; step < STEPS; step++) {
            double[] direction = current.direction(scores, targets);
            PlattCalibration next = null;
            double nextLoss = loss;
            for (double size = 1; size >= 1e-10 && nextLoss >= loss; size /= 2) {
                next = new PlattCalibration(
                        current.slope + size * direction[0], current.intercept + size * direction[1]);
                nextLoss = next.loss(scores, targets);
            }
            if (nextLoss >= loss) {
                return current;
            }
            current = next;
            loss = nextLoss;
        }
        return current;
    }

    /** The Newton step for slope and intercept. */
    private double[] direction(double[] scores, double[] targets) {
        double slopeSlope = RIDGE;
        double bothBoth = RIDGE;
        double slopeBoth = 0;
        double slopeGradient = 0;
        double interceptGradient = 0;
        for (int i = 0; i < scores.length; i++) {
            double probability = apply(scores[i]);
            double weight = probability * (1 - probability);
            slopeSlope += scores[i] * scores[i] * weight;
            bothBoth += weight;
            slopeBoth += scores[i] * weight;
            slopeGradient += scores[i] * (targets[i] - probability);
            interceptGradient += targets[i] - probability;
        }
        double determinant = slopeSlope * bothBoth - slopeBoth * slopeBoth;
        return new double[] {
            -(bothBoth * slopeGradient - slopeBoth * interceptGradient) / determinant,
            -(slopeSlope * interceptGradient - slopeBoth * slopeGradient) / determinant
        };
    }

    /** The negative log-likelihood, written so that no exponential overflows. */
    private double loss(double[] scores, double[] targets) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double z = slope * scores[i] + intercept;
            sum += z >= 0 ? targets[i] * z + Math.log1p(Math.exp(-z)) : (targets[i] - 1) * z + Math.log1p(Math.exp(z));
        }
        return sum;
    }
}
