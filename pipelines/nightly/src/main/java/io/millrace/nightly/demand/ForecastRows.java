package io.millrace.nightly.demand;

import io.millrace.decisions.CalendarWeeks;
import io.millrace.models.forecast.DemandForecaster;
import io.millrace.models.forecast.QuantileForecast;
import io.millrace.nightly.tables.RowMaker;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * The rows of {@code gold.demand_forecast} of one series. The forecast is made for calendar weeks; its rows are weeks that begin on the
 * day after the business date, each a share of two calendar weeks, so that whoever plans counts from tonight.
 *
 * @param date      business date
 * @param delivered last day of which sales were delivered; what came after it is not known, and is forecast like the rest
 * @param version of the code
 * @param out     makes rows of the table
 */
public record ForecastRows(LocalDate date, LocalDate delivered, String version, RowMaker out) implements Serializable {

    private static final int DAYS_A_WEEK = 7;
    /** A total that moved by less is not worth a word. */
    private static final double WORTH_SAYING = 0.05;

    /** Calendar weeks that so many weeks from a night on may touch. */
    public static int weeks(int horizon) {
        return horizon + 1;
    }

    /** The same where nothing is known of the time since a day before the night. */
    static int weeks(int horizon, int night, int delivered) {
        return weeks(horizon) + (int) passed(night, delivered);
    }

    /** Calendar weeks from the last one that had ended, when something was delivered last, to the night. */
    private static double passed(int night, int delivered) {
        return (night - CalendarWeeks.lastClosed(delivered)) / (double) DAYS_A_WEEK;
    }

    /**
     * The forecast of so many weeks from a night on.
     *
     * @param history   calendar weeks that had ended on the day that was delivered last, oldest first
     * @param night     counted from 1970-01-01
     * @param delivered last day that is known of, at most the night
     * @param standing shares of the last forecast; empty if there is none
     */
    public static QuantileForecast fromTonight(
            DemandForecaster forecaster,
            double[] history,
            int night,
            int delivered,
            int horizon,
            Map<String, Double> standing) {
        return forecaster
                .forecast(history, weeks(horizon, night, delivered), standing)
                .startingAfter(passed(night, delivered));
    }

    List<Row> of(Row row, DemandForecaster forecaster, int horizon) {
        double[] history = WeeklyDemandSeries.series(row);
        Map<String, Double> standing =
                row.isNullAt(row.fieldIndex("last_shares")) ? Map.of() : row.getJavaMap(row.fieldIndex("last_shares"));
        QuantileForecast forecast = fromTonight(
                forecaster, history, (int) date.toEpochDay(), (int) delivered.toEpochDay(), horizon, standing);
        String reason = forecast.reason() + changed(row, forecast.total());
        List<Row> rows = new ArrayList<>(horizon);
        for (int step = 0; step < horizon; step++) {
            rows.add(out.row()
                    .put("product_code", row.getAs("product_code"))
                    .put("site_code", row.getAs("site_code"))
                    .put("period_start", date.plusDays(1 + (long) DAYS_A_WEEK * step))
                    .put("step", step + 1)
                    .put("mean", forecast.mean()[step])
                    .put("p10", forecast.p10()[step])
                    .put("p50", forecast.p50()[step])
                    .put("p90", forecast.p90()[step])
                    .put("cumulative_sd", forecast.cumulativeSd()[step])
                    .put("demand_class", forecast.kind().name().toLowerCase(Locale.ROOT))
                    .put("model_name", forecast.member())
                    .put("shares", LastForecasts.json(forecast.shares()))
                    .put("model_version", version)
                    .put("reason", reason)
                    .done());
        }
        return rows;
    }

    private static String changed(Row row, double total) {
        if (row.isNullAt(row.fieldIndex("last_total"))) {
            return "";
        }
        double last = row.getDouble(row.fieldIndex("last_total"));
        return Math.abs(total - last) <= WORTH_SAYING * last
                ? ""
                : String.format(Locale.ROOT, "; %.4g units in all, %.4g the last time", total, last);
    }
}
