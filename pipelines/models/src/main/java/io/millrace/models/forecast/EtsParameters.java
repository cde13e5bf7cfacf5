package io.millrace.models.forecast;

/**
 * Smoothing parameters and first states of an {@link EtsForm}.
 *
 * @param alpha  of the level
 * @param beta   of the trend, up to alpha
 * @param gamma  of the season, up to 1 − alpha
 * @param phi    by which the trend is damped each step, 1 for not at all
 * @param level  before the first point
 * @param slope  before the first point
 * @param season for each place in the season, counted from the first point; one place without a season
 */
@SuppressWarnings("ArrayRecordComponent")
record EtsParameters(double alpha, double beta, double gamma, double phi, double level, double slope, double[] season) {

    /** The same parameters with every state multiplied by two to the power of {@code exponent}. */
    EtsParameters scaled(int exponent, boolean seasonToo) {
        return new EtsParameters(
                alpha,
                beta,
                gamma,
                phi,
                Math.scalb(level, exponent),
                Math.scalb(slope, exponent),
                seasonToo ? Normalised.scale(season, exponent) : season);
    }
}
