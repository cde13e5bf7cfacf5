package io.millrace.nightly.anomaly;

import io.millrace.nightly.tables.NightTables;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Deliveries, planned ones among them, beside the others of their customer, or of their site if the customer has few: how heavy, how far as
 * the crow flies, and how long somebody is there.
 */
final class Deliveries implements Subject {

    private static final int DAYS = 365;
    /** Mean radius of the earth, km. */
    private static final double RADIUS = 6371.0088;
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
        String usual = "coalesce(if(count(*) OVER customer >= " + FEWEST
                + ", percentile(%1$s, 0.5) OVER customer, NULL), percentile(%1$s, 0.5) OVER site)";
        return in.sql("""
                        WITH stop AS (
                          SELECT concat(h.source, ' ', h.shipment_code) AS code, h.customer_code, h.site_code, h.due_date,
                                 CAST(nullif(h.demand, 0) AS double) AS load,
                                 2 * %1$s * asin(sqrt(least(1, pow(sin(radians(h.latitude - s.latitude) / 2), 2)
                                   + cos(radians(h.latitude)) * cos(radians(s.latitude)) * pow(sin(radians(h.longitude - s.longitude) / 2), 2)))) AS km,
                                 CAST(nullif(unix_timestamp(h.window_end, 'HH:mm') - unix_timestamp(h.window_start, 'HH:mm'), 0) AS double) / 3600 AS hours
                          FROM {silver.shipment} h LEFT JOIN {silver.site} s ON s.site_code = h.site_code
                          WHERE h.due_date > date_sub(DATE'%2$s', %3$d))
                        SELECT code, concat_ws(' ', 'to', customer_code, 'from', site_code) AS what, due_date, load, km, hours,
                               %4$s, %5$s, %6$s
                        FROM stop
                        WINDOW customer AS (PARTITION BY site_code, customer_code), site AS (PARTITION BY site_code)""".formatted(
                                RADIUS,
                                in.date(),
                                DAYS,
                                usual.formatted("load"),
                                usual.formatted("km"),
                                usual.formatted("hours")))
                .toJavaRDD()
                .map(Deliveries::of);
    }

    private static Case of(Row r) {
        double[] observed = new double[3];
        double[] expected = new double[3];
        double[] compared = new double[3];
        for (int j = 0; j < 3; j++) {
            observed[j] = r.isNullAt(3 + j) ? Double.NaN : r.getDouble(3 + j);
            expected[j] = r.isNullAt(6 + j) ? Double.NaN : r.getDouble(6 + j);
            // What is less than usual is at most as far from it as what is twice as much.
            compared[j] = Math.log1p(observed[j] / expected[j]) - Math.log(2);
        }
        return new Case(
                r.getString(0),
                r.getString(1),
                r.getDate(2).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC),
                observed,
                expected,
                compared);
    }
}
