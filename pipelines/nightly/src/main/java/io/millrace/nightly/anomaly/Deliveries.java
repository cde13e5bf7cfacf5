package io.millrace.nightly.anomaly;

import io.millrace.nightly.route.GreatCircle;
import io.millrace.nightly.tables.NightTables;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Deliveries, planned ones among them, beside the others of their customer, or of their site if the customer has few: how heavy, and how long somebody is
 * there. How far it is as the crow flies is compared with the customer's other deliveries alone: that one customer lives nearer than others is no news.
 */
final class Deliveries implements Subject {

    private static final int DAYS = 365;
    /** With fewer deliveries a customer is compared with all of the site. */
    private static final int FEWEST = 3;

    @Override
    public String type() {
        return "delivery";
    }

    @Override
    public String audience() {
        return "logistics";
    }

    @Override
    public List<String> tables() {
        return List.of("silver.shipment", "silver.site");
    }

    @Override
    public List<String> fields() {
        return List.of("the load in kg", "the km from the site", "the hours in which it may arrive");
    }

    /** Each delivery is one by itself. */
    @Override
    public Duration apart() {
        return Duration.ZERO;
    }

    @Override
    public JavaRDD<Case> cases(NightTables in) {
        String ofCustomer = "if(count(*) OVER customer >= " + FEWEST + ", percentile(%1$s, 0.5) OVER customer, NULL)";
        String usual = "coalesce(" + ofCustomer + ", percentile(%1$s, 0.5) OVER site)";
        return in.sql("""
                        WITH stop AS (
                          SELECT concat(h.source, ' ', h.shipment_code) AS code, h.customer_code, h.site_code, h.due_date,
                                 CAST(nullif(h.demand, 0) AS double) AS load,
                                 CAST(nullif(unix_timestamp(h.window_end, 'HH:mm') - unix_timestamp(h.window_start, 'HH:mm'), 0) AS double) / 3600 AS hours,
                                 h.latitude, h.longitude, s.latitude AS site_latitude, s.longitude AS site_longitude
                          FROM {silver.shipment} h LEFT JOIN {silver.site} s ON s.site_code = h.site_code
                          WHERE h.due_date > date_sub(DATE'%1$s', %2$d))
                        SELECT code, concat_ws(' ', 'to', customer_code, 'from', site_code) AS what, due_date,
                               load, %3$s, hours, %4$s, site_latitude, site_longitude, latitude, longitude, %5$s, %6$s
                        FROM stop
                        WINDOW customer AS (PARTITION BY site_code, customer_code), site AS (PARTITION BY site_code)""".formatted(
                                in.date(),
                                DAYS,
                                usual.formatted("load"),
                                usual.formatted("hours"),
                                ofCustomer.formatted("latitude"),
                                ofCustomer.formatted("longitude")))
                .toJavaRDD()
                .map(Deliveries::of);
    }

    private static Case of(Row r) {
        double[] observed = {number(r, 3), kilometres(r, 9), number(r, 5)};
        double[] expected = {number(r, 4), kilometres(r, 11), number(r, 6)};
        double[] compared = new double[observed.length];
        // What is less than usual is at most as far from it as what is twice as much.
        Arrays.setAll(compared, j -> Math.log1p(observed[j] / expected[j]) - Math.log(2));
        return new Case(
                r.getString(0),
                r.getString(1),
                r.getDate(2).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC),
                observed,
                expected,
                compared);
    }

    /** From the site to the place that stands at a column and the next. */
    private static double kilometres(Row r, int at) {
        return GreatCircle.kilometres(number(r, 7), number(r, 8), number(r, at), number(r, at + 1));
    }

    private static double number(Row row, int at) {
        return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
    }
}
