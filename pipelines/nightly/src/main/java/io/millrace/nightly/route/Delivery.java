package io.millrace.nightly.route;

import java.time.DateTimeException;
import java.time.LocalTime;
import org.apache.spark.sql.Row;

/**
 * A shipment as a stop, or why it can be none.
 *
 * @param code      of the shipment
 * @param latitude  of the place, in degrees
 * @param longitude of the place, in degrees
 * @param demand    load that it takes
 * @param opens     earliest arrival, in minutes of the day
 * @param closes    latest arrival, in minutes of the day
 * @param fault     what is wrong with it, or null
 */
record Delivery(
        String code, double latitude, double longitude, double demand, double opens, double closes, String fault) {

    /** Of a row with {@code shipment_code, latitude, longitude, demand, window_start, window_end}. */
    static Delivery of(Row row, double capacity, double departure, double returnBy) {
        String code = row.getAs("shipment_code");
        boolean isPlaced = row.getAs("latitude") != null && row.getAs("longitude") != null;
        double demand =
                row.getAs("demand") == null ? 0 : row.<Number>getAs("demand").doubleValue();
        double opens = departure;
        double closes = returnBy;
        String fault = isPlaced ? null : "it has no coordinates";
        try {
            opens = Math.max(opens, minutes(row.getAs("window_start"), departure));
            closes = Math.min(closes, minutes(row.getAs("window_end"), returnBy));
        } catch (DateTimeException e) {
            fault = "its window '%s' to '%s' is no time of day"
                    .formatted(row.getAs("window_start"), row.getAs("window_end"));
        }
        if (fault == null && demand > capacity) {
            fault = "its load of %s is more than a vehicle takes, %s".formatted(text(demand), text(capacity));
        } else if (fault == null && opens > closes) {
            fault = "its window from %s to %s is closed while vehicles are out"
                    .formatted(row.getAs("window_start"), row.getAs("window_end"));
        }
        return new Delivery(
                code,
                isPlaced ? row.<Double>getAs("latitude") : 0,
                isPlaced ? row.<Double>getAs("longitude") : 0,
                demand,
                opens,
                closes,
                fault);
    }

    Delivery but(String other) {
        return new Delivery(code, latitude, longitude, demand, opens, closes, other);
    }

    /** Minutes of the day. */
    static double minutes(LocalTime time) {
        return time.toSecondOfDay() / 60.0;
    }

    private static double minutes(String time, double otherwise) {
        return time == null || time.isBlank() ? otherwise : minutes(LocalTime.parse(time.strip()));
    }

    static String text(double figure) {
        return java.math.BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString();
    }
}
