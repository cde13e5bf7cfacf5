package io.millrace.nightly.demand;

import io.millrace.decisions.CalendarWeeks;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Demand of each product and site in calendar weeks, Monday to Sunday, as known on a date. The week that has not ended is left
 * open, so that nothing changes from Sunday to Saturday but what is corrected; it counts alone for what never sold before it. Of days that
 * nobody delivered nothing is known, so the weeks end with the last one that was delivered whole. Returns are no demand, nor are cancelled lines, nor products that are not stocked. A week without a sale counts as zero from the first
 * sale on.
 */
public final class WeeklyDemandSeries {

    /** Series from which the forecaster learns what one alone does not show; so many tell as much as all. */
    private static final int LESSONS = 2000;

    private WeeklyDemandSeries() {}

    /**
     * Rows of product_code, site_code, weeks (array of int, 0 = the newest week that has ended, −1 = the open one), units (array of
     * double).
     */
    public static Dataset<Row> of(NightTables in, int weeks) {
        LocalDate date = in.deliveredUntil("silver.sales_line");
        LocalDate closed = lastClosed(date);
        return in.sql("""
                SELECT product_code, site_code, collect_list(week) AS weeks, collect_list(units) AS units
                FROM (
                  SELECT s.product_code, s.site_code,
                         CAST(floor(datediff(DATE'%2$s', s.order_date) / 7) AS int) AS week,
                         CAST(sum(s.quantity) AS double) AS units
                  FROM {silver.sales_line} s
                  LEFT ANTI JOIN (SELECT product_code FROM {silver.product}
                                  WHERE NOT (coalesce(is_stocked, true) AND coalesce(is_active, true))) p
                    ON p.product_code = s.product_code
                  WHERE s.order_date <= DATE'%1$s' AND s.order_date > date_sub(DATE'%2$s', 7 * %3$d)
                    AND s.status <> 'cancelled' AND s.quantity > 0
                    AND s.site_code IS NOT NULL
                  GROUP BY 1, 2, 3)
                GROUP BY product_code, site_code""".formatted(date, closed, weeks));
    }

    /** The last day of the newest week that has ended by a date. */
    public static LocalDate lastClosed(LocalDate date) {
        return LocalDate.ofEpochDay(CalendarWeeks.lastClosed((int) date.toEpochDay()));
    }

    /** The series of a row, oldest week first, without the weeks before the first sale. */
    public static double[] series(Row row) {
        List<Integer> weeks = row.getList(row.fieldIndex("weeks"));
        List<Double> units = row.getList(row.fieldIndex("units"));
        int oldest = weeks.stream().mapToInt(Integer::intValue).max().orElse(0);
        int newest = oldest < 0 ? -1 : 0;
        double[] series = new double[oldest - newest + 1];
        for (int i = 0; i < weeks.size(); i++) {
            if (weeks.get(i) >= newest) {
                series[oldest - weeks.get(i)] = units.get(i);
            }
        }
        return series;
    }

    /**
     * Some of the series, the same ones whenever the same things are sold, for the forecaster to learn from. Those of the open week
     * alone teach nothing yet.
     */
    public static List<double[]> lessons(Dataset<Row> series) {
        return series
                .filter("array_max(weeks) >= 0")
                .selectExpr("*", "xxhash64(product_code, site_code) AS place")
                .orderBy("place", "product_code", "site_code")
                .limit(LESSONS)
                .collectAsList()
                .stream()
                .map(WeeklyDemandSeries::series)
                .toList();
    }
}
