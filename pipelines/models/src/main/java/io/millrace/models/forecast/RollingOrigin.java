package io.millrace.models.forecast;

import java.util.stream.IntStream;

/**
 * Validation on the past of a series (Tashman, "Out-of-sample tests of forecasting accuracy", 2000): the history is cut at
 * several origins, and each method forecasts from every cut what came after it.
 *
 * @param origins most cuts of one series, 1 or more
 */
public record RollingOrigin(int origins) {

    private static final int FEWEST_POINTS = 4;

    public RollingOrigin {
        if (origins < 1) {
            throw new IllegalArgumentException("There are to be " + origins + " origins: at least 1 is needed.");
        }
    }

    /**
     * The cuts of a history of {@code points}, ascending: a method sees the points before the cut. They are spread evenly, at
     * most a horizon apart, from the middle of a long history and from the first third of one under three horizons on. A history of
     * fewer than 4 points has none; in one too short for the horizon the last windows end early.
     *
     * @param before points that are left before the first cut where the history allows, 1 or more
     */
    public int[] cuts(int points, int horizon, int before) {
        if (points < FEWEST_POINTS) {
            return new int[0];
        }
        int whole = points - horizon;
        int last = Math.max(
                whole,
                Math.min(points - 1, Math.max(before < whole ? 0 : (before + points) / 2, (2 * points + 2) / 3)));
        int start = points >= 3 * horizon ? points / 2 : Math.max(FEWEST_POINTS - 1, points / 3);
        int first = Math.min(last, Math.max(before, start));
        int count = Math.min(origins, last - first + 1);
        double step = count == 1 ? 0 : Math.min(horizon, (last - first) / (count - 1.0));
        return IntStream.range(0, count)
                .map(k -> last - (int) Math.round((count - 1 - k) * step))
                .toArray();
    }
}
