package io.millrace.nightly.score;

import io.millrace.lake.Lake;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Demand of each product and site in weeks that end with the business date, as known on it. Returns are no demand, nor
 * are cancelled lines, nor products that are not stocked. A week without a sale counts as zero from the first sale on.
 */
public final class WeeklyDemandSeries {

    private WeeklyDemandSeries() {}

    /** Rows of product_code, site_code, weeks (array of int, 0 = the week that ends with the date), units (array of double). */
    public static Dataset<Row> of(Lake lake, LocalDate date, int weeks) {
        lake.read("silver.sales_line").createOrReplaceTempView("weekly_sales_line");
        lake.read("silver.product").createOrReplaceTempView("weekly_product");
        return lake.spark().sql("""
                SELECT product_code, site_code, collect_list(week) AS weeks, collect_list(units) AS units
                FROM (
                  SELECT s.product_code, s.site_code,
                         CAST(floor(datediff(DATE'%1$s', s.order_date) / 7) AS int) AS week,
                         CAST(sum(s.quantity) AS double) AS units
                  FROM weekly_sales_line s
                  LEFT ANTI JOIN (SELECT product_code FROM weekly_product
                                  WHERE is_current AND NOT (coalesce(is_stocked, true) AND coalesce(is_active, true))) p
                    ON p.product_code = s.product_code
                  WHERE s.order_date <= DATE'%1$s' AND s.order_date > date_sub(DATE'%1$s', 7 * %2$d)
                    AND s._known_on <= DATE'%1$s' AND s.status <> 'cancelled' AND s.quantity > 0
                    AND s.site_code IS NOT NULL
                  GROUP BY 1, 2, 3)
                GROUP BY product_code, site_code""".formatted(date, weeks));
    }

    /** The series of a row, oldest week first, without the weeks before the first sale. */
    public static double[] series(Row row) {
        List<Integer> weeks = row.getList(row.fieldIndex("weeks"));
        List<Double> units = row.getList(row.fieldIndex("units"));
        int oldest = weeks.stream().mapToInt(Integer::intValue).max().orElse(-1);
        double[] series = new double[oldest + 1];
        for (int i = 0; i < weeks.size(); i++) {
            series[oldest - weeks.get(i)] = units.get(i);
        }
        return series;
    }
}
