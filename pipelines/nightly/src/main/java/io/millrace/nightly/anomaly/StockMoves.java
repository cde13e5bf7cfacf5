package io.millrace.nightly.anomaly;

import io.millrace.nightly.tables.NightTables;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Movements of stock beside the others of their product and type: how much, and which way. Those to and from customers are left out: how much one of
 * them takes is the customer's to say, and {@link WeeklyDemand} sees it if it is much for the product.
 */
final class StockMoves implements Subject {

    private static final int DAYS = 365;

    @Override
    public String type() {
        return "stock_move";
    }

    @Override
    public String audience() {
        return "warehouse";
    }

    @Override
    public List<String> tables() {
        return List.of("silver.stock_move");
    }

    @Override
    public List<String> fields() {
        return List.of("the quantity moved", "the direction (1 in, -1 out)");
    }

    /** Each movement is one by itself. */
    @Override
    public Duration apart() {
        return Duration.ZERO;
    }

    @Override
    public JavaRDD<Case> cases(NightTables in) {
        return in.sql("""
                        WITH move AS (
                          SELECT concat(source, ' ', move_no) AS code, product_code, site_code, coalesce(move_type, 'move') AS type, move_date,
                                 CAST(abs(quantity) AS double) AS units, CAST(sign(quantity) AS double) AS direction
                          FROM {silver.stock_move}
                          WHERE quantity <> 0 AND coalesce(move_type, '') NOT IN ('sale', 'return')
                            AND move_date <= DATE'%1$s' AND move_date > date_sub(DATE'%1$s', %2$d)),
                        usual AS (
                          SELECT product_code, type, percentile(units, 0.5) AS units, percentile(direction, 0.5) AS direction, count(*) AS n
                          FROM move GROUP BY 1, 2)
                        SELECT m.code, concat(m.type, ' of ', product_code, ' at ', m.site_code) AS what, m.move_date,
                               m.units, m.direction, u.units, u.direction
                        FROM move m JOIN usual u USING (product_code, type) WHERE u.n >= 3""".formatted(in.date(), DAYS)).toJavaRDD().map(StockMoves::of);
    }

    private static Case of(Row r) {
        double units = r.getDouble(3);
        double direction = r.getDouble(4);
        double usual = r.getDouble(5);
        double usualDirection = r.getDouble(6);
        return new Case(
                r.getString(0),
                r.getString(1),
                r.getDate(2).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC),
                new double[] {units, direction},
                new double[] {usual, usualDirection},
                new double[] {Math.log(units / usual), direction - usualDirection});
    }
}
