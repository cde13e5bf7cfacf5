package io.millrace.models.value;

/**
 * The probabilities that a negative binomial count is at least 1, at least 2 and so on: what a Poisson process brings within a time
 * whose rate is gamma distributed. All terms are positive; logarithms keep the first ones from vanishing where the count is large.
 */
final class CountTail {

    private final double shape;
    private final double logSuccess;
    private double logMass;
    private double below;
    private int n;

    /**
     * @param shape of the rate's gamma distribution, above 0
     * @param odds  length of the time over the scale of that distribution, 0 or more; the mean count is {@code shape * odds}
     */
    CountTail(double shape, double odds) {
        this.shape = shape;
        this.logSuccess = Math.log(odds / (1 + odds));
        this.logMass = -shape * Math.log1p(odds);
        this.below = Math.exp(logMass);
    }

    /** The probability of at least one more than the time before, beginning with 1. */
    double next() {
        double tail = Math.max(0, 1 - below);
        logMass += Math.log((shape + n) / (n + 1)) + logSuccess;
        below += Math.exp(logMass);
        n++;
        return tail;
    }
}
