package io.millrace.nightly.simulate;

import io.millrace.decisions.reorder.WeeklyDemand;
import io.millrace.decisions.replay.DemandForecasts;
import io.millrace.decisions.replay.Sales;
import io.millrace.models.forecast.DemandForecaster;
import io.millrace.models.forecast.QuantileForecast;
import io.millrace.nightly.demand.DemandForecast;
import io.millrace.nightly.demand.ForecastRows;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The forecaster of the night as it was on past dates. What the series of a company teach changes slowly, so it is learned again every
 * four weeks and not for every date; each is made of nothing that was not known on its date.
 *
 * @param learned by the date from which on it is used, counted from 1970-01-01
 * @param horizon weeks ahead
 */
record PastForecasters(TreeMap<Integer, DemandForecaster> learned, int horizon) implements Serializable {

    private static final int DAYS_BETWEEN = 28;

    /**
     * Learns on the dates of a replay.
     *
     * @param sales   of items of the company
     * @param dates   ascending
     * @param weeks   of history that are looked at
     * @param horizon weeks that are forecast
     */
    static PastForecasters of(List<Sales> sales, int[] dates, int weeks, int horizon) {
        TreeMap<Integer, DemandForecaster> learned = new TreeMap<>();
        for (int date : dates) {
            if (learned.isEmpty() || date >= learned.lastKey() + DAYS_BETWEEN) {
                List<double[]> known = sales.stream()
                        .map(of -> of.weeksKnown(date, weeks))
                        .filter(history -> history.length > 0)
                        .toList();
                learned.put(date, DemandForecast.learned(known, ForecastRows.weeks(horizon)));
            }
        }
        return new PastForecasters(learned, horizon);
    }

    /** The forecasts of one item, date after date: as in the night, the shares of the last one stand unless others are better. */
    DemandForecasts ofItem() {
        return new DemandForecasts() {
            private Map<String, Double> standing = Map.of();

            @Override
            public WeeklyDemand on(int date, double[] weeks) {
                QuantileForecast forecast = ForecastRows.fromTonight(
                        learned.floorEntry(date).getValue(), weeks, date, date, horizon, standing);
                standing = forecast.shares();
                return new WeeklyDemand(
                        forecast.mean(),
                        forecast.p10(),
                        forecast.p50(),
                        forecast.p90(),
                        forecast.cumulativeSd(),
                        weeks);
            }
        };
    }
}
