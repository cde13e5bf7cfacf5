package io.millrace.models.evaluate;

import io.millrace.models.forecast.AutomaticForecaster;
import io.millrace.models.forecast.DemandForecaster;
import io.millrace.models.forecast.Forecaster;
import io.millrace.models.forecast.Naive2;
import io.millrace.models.forecast.QuantileForecast;
import io.millrace.models.forecast.RollingOrigin;
import io.millrace.models.forecast.SeasonalNaive;
import java.util.LinkedHashMap;
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
    private final int seasonality;
    private final DemandForecaster automatic;

    /** Forecasts {@code horizon} steps of any series of the panel, whose histories have one point or more each. */
    PanelForecasts(Map<String, double[]> panel, int horizon, int seasonality) {
        this.panel = panel;
        this.horizon = horizon;
        this.seasonality = seasonality;
        this.automatic = new DemandForecaster(AutomaticForecaster.of(seasonality), seasonality, "points", false);
    }

    /** The forecasts of one series by method, {@link #JUDGED} first. Safe to ask from many threads. */
    Map<String, QuantileForecast> of(String series) {
        double[] history = panel.get(series);
        Map<String, QuantileForecast> forecasts = new LinkedHashMap<>(automatic.compare(history, horizon));
        for (Forecaster benchmark : List.of(new Naive2(seasonality), new SeasonalNaive(seasonality))) {
            if (!forecasts.containsKey(benchmark.name())) {
                forecasts.put(benchmark.name(), alone(benchmark).forecast(history, horizon));
            }
        }
        return forecasts;
    }

    private DemandForecaster alone(Forecaster method) {
        RollingOrigin validation = automatic.automatic().validation();
        AutomaticForecaster only = new AutomaticForecaster(List.of(method), method, validation);
        return new DemandForecaster(only, seasonality, automatic.period(), automatic.nonNegative());
    }
}
