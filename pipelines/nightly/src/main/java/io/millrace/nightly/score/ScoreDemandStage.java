package io.millrace.nightly.score;

import io.millrace.models.forecast.DemandForecaster;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Forecasts each product and site, week by week: first the forecaster learns from the company's series together, then it forecasts each
 * by itself.
 */
public final class ScoreDemandStage implements Stage {

    private static final int WEEKS_A_YEAR = 52;

    @Override
    public String name() {
        return "score-demand";
    }

    @Override
    public String about() {
        return "forecast demand a week at a time";
    }

    @Override
    public List<String> reads() {
        return List.of("silver.sales_line", "silver.product", "gold.demand_forecast");
    }

    @Override
    public List<String> writes() {
        return List.of("gold.demand_forecast");
    }

    @Override
    public String heeds(Night night) {
        return night.settings().forecast().toString();
    }

    @Override
    public Outcome run(Night night) {
        int horizon = night.settings().forecast().horizon();
        Dataset<Row> series = WeeklyDemandSeries.of(
                        night.lake(), night.date(), night.settings().forecast().history())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            DemandForecaster forecaster = learned(WeeklyDemandSeries.lessons(series), horizon);
            long rows = write(night, series, forecaster, horizon);
            return Outcome.of(rows / horizon, rows, "%,d series, %d weeks ahead".formatted(rows / horizon, horizon));
        } finally {
            series.unpersist();
        }
    }

    /** The forecaster of weekly demand that knows the series of the company, for {@code horizon} weeks from a night on. */
    public static DemandForecaster learned(List<double[]> series, int horizon) {
        return DemandForecaster.of(WEEKS_A_YEAR, "weeks").learn(series, ForecastRows.weeks(horizon));
    }

    private static long write(Night night, Dataset<Row> series, DemandForecaster forecaster, int horizon) {
        LocalDate date = night.date();
        String version = CodeVersion.get();
        StructType schema = night.lake().read("gold.demand_forecast").schema();
        Broadcast<DemandForecaster> known = JavaSparkContext.fromSparkContext(
                        night.lake().spark().sparkContext())
                .broadcast(forecaster);
        try {
            ForecastRows made = new ForecastRows(date, version, schema);
            FlatMapFunction<Row, Row> forecast =
                    row -> made.of(row, known.value(), horizon).iterator();
            Dataset<Row> rows = series.join(LastForecasts.of(night), new String[] {"product_code", "site_code"}, "left")
                    .flatMap(forecast, Encoders.row(schema));
            night.lake().replaceDate("gold.demand_forecast", date, rows);
            return night.lake().lastWrite("gold.demand_forecast");
        } finally {
            known.destroy();
        }
    }
}
