package io.millrace.nightly.anomaly;

import io.millrace.nightly.tables.NightTables;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** Lines of orders to suppliers beside the others of their product and supplier: price, quantity, what came and when. */
final class PurchaseLines implements Subject {

    private static final int DAYS = 365;

    @Override
    public String type() {
        return "purchase_line";
    }

    @Override
    public String audience() {
        return "purchasing";
    }

    @Override
    public List<String> tables() {
        return List.of("silver.purchase_line");
    }

    @Override
    public List<String> fields() {
        return List.of("the unit price", "the quantity", "the share that came", "the days to the receipt");
    }

    /** Each line is one by itself. */
    @Override
    public Duration apart() {
        return Duration.ZERO;
    }

    @Override
    public JavaRDD<Case> cases(NightTables in) {
        return in.sql("""
                        WITH line AS (
                          SELECT concat(source, ' ', order_no, '/', line_no) AS code, concat(product_code, ' from ', supplier_code) AS what,
                                 order_date, product_code, supplier_code,
                                 CAST(nullif(unit_price, 0) AS double) AS price, CAST(nullif(quantity, 0) AS double) AS quantity,
                                 CAST(if(status = 'done', received_quantity / quantity, NULL) AS double) AS came,
                                 CAST(datediff(received_date, order_date) AS double) AS days
                          FROM {silver.purchase_line}
                          WHERE status <> 'cancelled' AND order_date <= DATE'%1$s' AND order_date > date_sub(DATE'%1$s', %2$d)),
                        product AS (
                          SELECT product_code, percentile(price, 0.5) AS price, percentile(quantity, 0.5) AS quantity, count(*) AS n
                          FROM line GROUP BY 1),
                        supplier AS (
                          SELECT supplier_code, percentile(days, 0.5) AS days FROM line GROUP BY 1)
                        SELECT l.code, l.what, l.order_date, l.price, l.quantity, l.came, l.days, p.price, p.quantity, s.days
                        FROM line l JOIN product p ON p.product_code = l.product_code AND p.n >= 3
                        LEFT JOIN supplier s ON s.supplier_code = l.supplier_code""".formatted(in.date(), DAYS)).toJavaRDD().map(PurchaseLines::of);
    }

    private static Case of(Row r) {
        Instant day = r.getDate(2).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
        double price = number(r, 3);
        double quantity = number(r, 4);
        double came = number(r, 5);
        double days = number(r, 6);
        double usualPrice = number(r, 7);
        double usualQuantity = number(r, 8);
        double usualDays = number(r, 9);
        return new Case(
                r.getString(0),
                r.getString(1),
                day,
                new double[] {price, quantity, came, days},
                new double[] {usualPrice, usualQuantity, 1, usualDays},
                new double[] {
                    Math.log(price / usualPrice), Math.log(quantity / usualQuantity), came - 1, days - usualDays
                });
    }

    private static double number(Row row, int at) {
        return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
    }
}
