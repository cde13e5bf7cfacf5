package io.millrace.models.evaluate;

import io.millrace.models.forecast.Croston;
import io.millrace.models.forecast.DemandForecaster;
import io.millrace.models.forecast.Ets;
import io.millrace.models.forecast.Forecaster;
import io.millrace.models.forecast.MovingAverage;
import io.millrace.models.forecast.Naive;
import io.millrace.models.forecast.Naive2;
import io.millrace.models.forecast.QuantileForecast;
import io.millrace.models.forecast.SeasonalNaive;
import io.millrace.models.forecast.Theta;
import io.millrace.models.forecast.Tsb;
import java.util.List;
import java.util.Map;

/** Every method's forecast of the series of a panel: the one place where the evaluation asks the forecasters of the night. */
final class PanelForecasts {

    /** The method that is judged; the others are its baselines. */
    static final String JUDGED = "automatic";
    /** The method that OWA compares with. */
    static final String BENCHMARK = "naive2";

    private final Map<String, double[]> panel;
    private final int horizon;
    private final List<Forecaster> benchmarks;
    private final DemandForecaster automatic;

    /** Forecasts {@code horizon} steps of any series of the panel, whose histories have one point or more each. */
    PanelForecasts(Map<String, double[]> panel, int horizon, int seasonality, long seed) {
        this.panel = panel;
        this.horizon = horizon;
        this.benchmarks = benchmarks(seasonality);
        this.automatic = DemandForecaster.ofAny(seasonality, "points").learnBoosted(panel.values(), horizon, seed);
    }

    private static List<Forecaster> benchmarks(int seasonality) {
        return List.of(
                new Naive(),
                new SeasonalNaive(seasonality),
                new Naive2(seasonality),
                new MovingAverage(Math.max(4, seasonality)),
                Ets.simple(seasonality),
                Ets.automatic(seasonality),
                new Theta(seasonality),
                Croston.classic(),
                Croston.sba(),
                Tsb.usual());
    }

    /** The forecasts of one series by method, {@link #JUDGED} first. Safe to ask from many threads. */
    Map<String, QuantileForecast> of(String series) {
        return automatic.compare(panel.get(series), horizon, benchmarks);
    }
}
