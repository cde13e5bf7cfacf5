package io.millrace.models.forecast;

/** What every method that knows a season asks of it. */
final class Seasonality {

    private Seasonality() {}

    /** Refuses a season of less than one point. */
    static void check(int seasonality) {
        if (seasonality < 1) {
            throw new IllegalArgumentException("The seasonality is " + seasonality
                    + " points: use 1 for none, 7 for days with a weekly pattern, 12 for months, 52 for weeks.");
        }
    }
}
