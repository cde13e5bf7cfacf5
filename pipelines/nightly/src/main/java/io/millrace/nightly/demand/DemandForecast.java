package io.millrace.nightly.demand;

import static org.apache.spark.sql.functions.lit;

import io.millrace.models.forecast.DemandForecaster;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.ScoredModel;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Forecasts each product and site, week by week: first the forecaster learns from the company's series together, then it forecasts each
 * by itself.
 */
public final class DemandForecast implements ScoredModel {

    private static final int WEEKS_A_YEAR = 52;

    @Override
    public String name() {
        return "demand";
    }

    @Override
    public String about() {
        return "forecast demand a week at a time";
    }

    @Override
    public List<String> scoresFrom() {
        return List.of("silver.sales_line", "silver.product", "gold.demand_forecast");
    }

    @Override
    public String scores() {
        return "gold.demand_forecast";
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.forecast();
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new DemandSection());
    }

    @Override
    public Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out) {
        int horizon = settings.forecast().horizon();
        Dataset<Row> series =
                in.cached(WeeklyDemandSeries.of(in, settings.forecast().history()));
        LocalDate delivered = in.deliveredUntil("silver.sales_line");
        int weeks = ForecastRows.weeks(horizon, (int) in.date().toEpochDay(), (int) delivered.toEpochDay());
        Broadcast<DemandForecaster> forecaster = in.broadcast(learned(WeeklyDemandSeries.lessons(series), weeks));
        ForecastRows made = new ForecastRows(in.date(), delivered, CodeVersion.get(), out);
        return Scores.of(out.flatMap(
                besideTheLast(in, series),
                row -> made.of(row, forecaster.value(), horizon).iterator()));
    }

    private static Dataset<Row> besideTheLast(NightTables in, Dataset<Row> series) {
        return LastForecasts.of(in)
                .map(last -> series.join(last, new String[] {"product_code", "site_code"}, "left"))
                .orElseGet(() -> series.withColumn("last_shares", lit(null).cast("map<string,double>"))
                        .withColumn("last_total", lit(null).cast("double")));
    }

    /** The forecaster of weekly demand that knows the series of the company, for so many calendar weeks. */
    public static DemandForecaster learned(List<double[]> series, int weeks) {
        return DemandForecaster.of(WEEKS_A_YEAR, "weeks").learn(series, weeks);
    }
}
