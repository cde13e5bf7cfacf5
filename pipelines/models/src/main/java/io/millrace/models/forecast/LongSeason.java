package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * A method for the year that a series also has beside its short season: the year is taken out by classical decomposition of
 * the last {@value #CYCLES} years, its indices averaged with their neighbours (a triangle over twice the reach), the method continues the
 * rest, and the year is put back. A history under two years is left to the method alone. There is no test for the year;
 * validation has to show whether it helps.
 *
 * @param name   how the two together are called
 * @param method continues the series without the year
 * @param cycle  points in a year, or in whatever long season there is, 2 or more
 * @param reach  neighbours on each side that an index is averaged with, 0 or more: for a season whose places are seen seldom and change gently from one to
 *               the next
 */
record LongSeason(String name, Forecaster method, int cycle, int reach) implements Forecaster {

    private static final int CYCLES = 5;

    LongSeason {
        if (cycle < 2) {
            throw new IllegalArgumentException("The cycle is " + cycle + " points: it has to be 2 or more.");
        }
        if (reach < 0) {
            throw new IllegalArgumentException("The reach is " + reach + " points: it has to be 0 or more.");
        }
    }

    /**
     * The long season that goes with a short one: 52 weeks for weeks and for series without a stated season, 364 days (whole
     * weeks) for days, 168 hours for hours; 0 where the season is a year already.
     */
    static int cycleFor(int seasonality) {
        return switch (seasonality) {
            case 1, 52 -> 52;
            case 7 -> 364;
            case 24 -> 168;
            default -> 0;
        };
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return history.length < 2 * cycle
                ? method.forecast(history, horizon)
                : Normalised.forecast(history, horizon, this::adjusted);
    }

    /** The parameters of the method where there is no year to take out yet; otherwise the year is estimated each time. */
    @Override
    public Forecaster fit(double[] history) {
        return history.length < 2 * cycle ? new LongSeason(name, method.fit(history), cycle, reach) : this;
    }

    private double[] adjusted(double[] values, int horizon) {
        double[] recent = Arrays.copyOfRange(values, Math.max(0, values.length - CYCLES * cycle), values.length);
        SeasonalAdjustment season = SeasonalAdjustment.of(recent, cycle, SeasonalAdjustment.allPositive(recent))
                .smoothed(recent, reach);
        return season.restore(method.forecast(season.adjusted(), horizon));
    }
}
