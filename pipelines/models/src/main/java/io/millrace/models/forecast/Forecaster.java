package io.millrace.models.forecast;

/**
 * A method that continues one series of equally spaced values. It takes any finite history of one point or more, however
 * short, constant or negative, and answers with finite numbers; anything else is an {@link IllegalArgumentException}.
 */
public interface Forecaster {

    /** The name by which the method goes in results and reasons, such as {@code theta}. */
    String name();

    /** The expected values of the {@code horizon} (1 or more) steps after the last point of {@code history}. */
    double[] forecast(double[] history, int horizon);

    /**
     * The same method with what it has to estimate (its form, smoothing parameters and first state) taken from
     * {@code history} and kept, so that it follows a longer history of the same series without another search.
     */
    default Forecaster fit(double[] history) {
        return this;
    }
}
