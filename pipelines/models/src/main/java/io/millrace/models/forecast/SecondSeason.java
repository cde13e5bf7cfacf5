package io.millrace.models.forecast;

/**
 * The season that the stated one lies within: the week of hours whose stated season is a day, the year of days whose stated season is a week.
 *
 * <p>It is looked for in the autocorrelation of the series without its line and without the stated season, at multiples of that season. Where
 * a longer season repeats, the correlation at its length stands out from that of one season less and one more; what only drifts falls from
 * each to the next.
 */
final class SecondSeason {

    /** Long seasons that a history has to hold for one to be looked for. */
    private static final int CYCLES = 3;

    private SecondSeason() {}

    /** The points of the longer season: the one that is customary, or another where only that one is found; 0 where there is neither. */
    static int of(double[] history, int seasonality) {
        int customary = LongSeason.cycleFor(seasonality);
        int found = isYear(seasonality) ? 0 : found(history, seasonality, customary);
        return found > 0 ? found : customary;
    }

    /** Quarters, months and weeks of a year: there is nothing longer that repeats. */
    private static boolean isYear(int seasonality) {
        return seasonality == 4 || seasonality == 12 || seasonality == 52;
    }

    /**
     * The multiple of the season at which the history is alike most, if that is more than chance and more than one season off; else 0.
     *
     * @param customary is taken before any other if it is more than chance
     */
    static int found(double[] history, int seasonality, int customary) {
        int most = history.length / (CYCLES * Math.max(1, seasonality));
        if (seasonality < 2 || most < 2) {
            return 0;
        }
        double[] rest = rest(Normalised.scale(history, -Normalised.exponent(history)), seasonality);
        double[] correlations = SeasonalAdjustment.autocorrelations(rest, (most + 1) * seasonality);
        double squares = 0;
        int found = 0;
        for (int lag = 1; lag <= most * seasonality; lag++) {
            if (lag % seasonality == 0 && lag > seasonality) {
                double at = correlations[lag];
                double limit = SeasonalAdjustment.limit(squares, rest.length);
                boolean peak = at > correlations[lag - seasonality] && at > correlations[lag + seasonality];
                if (lag == customary && at > limit) {
                    return lag;
                }
                if (peak && at > limit && (found == 0 || at > correlations[found])) {
                    found = lag;
                }
            }
            squares += correlations[lag] * correlations[lag];
        }
        return found;
    }

    /** Without line and without the mean of each place in the season. */
    private static double[] rest(double[] values, int seasonality) {
        Line line = new Line(values);
        double[] rest = new double[values.length];
        double[] means = new double[seasonality];
        int[] counts = new int[seasonality];
        for (int t = 0; t < values.length; t++) {
            rest[t] = values[t] - line.at(t);
            means[t % seasonality] += rest[t];
            counts[t % seasonality]++;
        }
        for (int t = 0; t < values.length; t++) {
            rest[t] -= means[t % seasonality] / counts[t % seasonality];
        }
        return rest;
    }
}
