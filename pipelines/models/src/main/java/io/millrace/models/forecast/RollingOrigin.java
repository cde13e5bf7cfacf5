package io.millrace.models.forecast;

import java.util.stream.IntStream;

/**
 * Validation on the past of a series (Tashman, "Out-of-sample tests of forecasting accuracy", 2000): the history is cut at
 * several origins, and each method forecasts from every cut what came after it.
 *
 * @param origins most cuts of one series, 1 or more
 * @param before  points that are left before the first cut where the history allows, 1 or more; never under half
 */
public record RollingOrigin(int origins, int before) {

    public RollingOrigin {
        if (origins < 1 || before < 1) {
            throw new IllegalArgumentException("There are to be " + origins + " origins with " + before
                    + " points before the first: both have to be 1 or more.");
        }
    }

    /**
     * The cuts of a history of {@code points}, ascending: a method sees the points before the cut. They are spread evenly,
     * at most a horizon apart. A history of fewer than 4 points has none; in one too short for the horizon the last windows
     * end early.
     */
    public int[] cuts(int points, int horizon) {
        if (points < 4) {
            return new int[0];
        }
        int half = points / 2;
        int last = Math.max(points - horizon, Math.min(points - 1, half + 1));
        int first = Math.min(last, Math.max(half, before));
        int count = Math.min(origins, last - first + 1);
        int step = count == 1 ? 1 : Math.min(horizon, (last - first) / (count - 1));
        return IntStream.range(0, count).map(k -> last - (count - 1 - k) * step).toArray();
    }
}
