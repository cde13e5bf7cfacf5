package io.millrace.nightly.score;

import io.millrace.models.forecast.DemandForecaster;
import io.millrace.models.forecast.QuantileForecast;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Forecasts each product and site, week by week, with the member that did best on the series' own past. */
public final class ScoreDemandStage implements Stage {

    private static final int DAYS_A_WEEK = 7;
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
        return List.of("silver.sales_line", "silver.product");
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
        LocalDate date = night.date();
        int horizon = night.settings().forecast().horizon();
        String version = CodeVersion.get();
        Dataset<Row> series = WeeklyDemandSeries.of(
                night.lake(), date, night.settings().forecast().history());
        StructType schema = night.lake().read("gold.demand_forecast").schema();
        FlatMapFunction<Row, Row> forecast = row -> forecast(row, date, horizon, version);
        night.lake().replaceDate("gold.demand_forecast", date, series.flatMap(forecast, Encoders.row(schema)));
        long rows = night.lake().lastWrite("gold.demand_forecast");
        return Outcome.of(rows / horizon, rows, "%,d series, %d weeks ahead".formatted(rows / horizon, horizon));
    }

    private static Iterator<Row> forecast(Row row, LocalDate date, int horizon, String version) {
        QuantileForecast forecast =
                DemandForecaster.of(WEEKS_A_YEAR, "weeks").forecast(WeeklyDemandSeries.series(row), horizon);
        List<Row> rows = new ArrayList<>(horizon);
        for (int step = 1; step <= horizon; step++) {
            rows.add(RowFactory.create(
                    Date.valueOf(date),
                    row.getString(0),
                    row.getString(1),
                    Date.valueOf(date.plusDays(1 + (long) DAYS_A_WEEK * (step - 1))),
                    step,
                    forecast.mean()[step - 1],
                    forecast.p10()[step - 1],
                    forecast.p50()[step - 1],
                    forecast.p90()[step - 1],
                    forecast.member(),
                    version,
                    forecast.reason()));
        }
        return rows.iterator();
    }
}
