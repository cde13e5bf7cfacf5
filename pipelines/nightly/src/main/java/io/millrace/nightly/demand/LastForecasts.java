package io.millrace.nightly.demand;

import io.millrace.nightly.tables.NightTables;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the last night before this one forecast, so that a choice stands where nothing speaks against it. */
final class LastForecasts {

    private LastForecasts() {}

    /**
     * Rows of product_code, site_code, last_shares (map of method and share), last_total (units over the horizon); none if no
     * night has forecast before.
     */
    static Optional<Dataset<Row>> of(NightTables in) {
        if (in.versions().getOrDefault("gold.demand_forecast", 0L) < 1) {
            return Optional.empty();
        }
        return Optional.of(in.sql("""
                SELECT product_code, site_code,
                       from_json(first(shares, true), 'map<string,double>') AS last_shares, sum(mean) AS last_total
                FROM {gold.demand_forecast}
                WHERE business_date = (SELECT max(business_date) FROM {gold.demand_forecast}
                                       WHERE business_date < DATE'%1$s' AND business_date >= DATE'%1$s' - INTERVAL 35 DAYS)
                GROUP BY 1, 2""".formatted(in.date())));
    }

    /** The shares as they are kept in the table, methods in the order of the map. */
    static String json(Map<String, Double> shares) {
        StringBuilder json = new StringBuilder("{");
        shares.forEach((method, share) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(method)
                .append("\":")
                .append(share));
        return json.append('}').toString();
    }
}
