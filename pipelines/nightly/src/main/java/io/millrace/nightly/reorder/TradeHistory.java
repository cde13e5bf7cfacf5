package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.PastTrade;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What products were sold and bought for, as known on the night: what ceilings measure a plan against. */
final class TradeHistory {

    /** A price that was replaced longer ago was looked at by whoever bought or sold since. */
    private static final int DAYS_OF_DOUBT = 28;

    private static final double WEEKS_A_YEAR = 52;

    private final Dataset<Row> rows;

    TradeHistory(NightTables in) {
        Map<String, Dataset<Row>> spans = Map.of("product_history", in.history("silver.product"));
        rows = in.cached(in.sql("""
                WITH sale AS (
                  SELECT s.product_code, s.site_code, s.order_date, CAST(s.quantity AS double) AS units,
                         CAST(coalesce(s.amount, s.quantity * s.unit_price, s.quantity * p.list_price) AS double) AS money
                  FROM {silver.sales_line} s LEFT JOIN {silver.product} p ON p.product_code = s.product_code
                  WHERE s.order_date <= DATE'%1$s' AND s.status <> 'cancelled' AND s.quantity > 0),
                sold AS (
                  SELECT product_code, site_code, min(order_date) AS first_sale,
                         coalesce(sum(units) FILTER (WHERE order_date > date_sub(DATE'%1$s', 364)), 0) AS units,
                         coalesce(sum(money) FILTER (WHERE order_date > date_sub(DATE'%1$s', 364)), 0) AS money
                  FROM sale GROUP BY 1, 2),
                price AS (
                  SELECT product_code, percentile(money / units, 0.5) AS sold_at
                  FROM sale WHERE money > 0 AND order_date > date_sub(DATE'%1$s', 91) GROUP BY 1),
                paid AS (
                  SELECT l.product_code, max_by(l.unit_price, struct(l.order_date, l.order_no, l.line_no)) AS unit_price
                  FROM {silver.purchase_line} l LEFT JOIN {silver.product} p ON p.product_code = l.product_code
                  WHERE l.order_date <= DATE'%1$s' AND l.status <> 'cancelled' AND l.unit_price > 0
                    AND coalesce(l.currency, p.currency, '') = coalesce(p.currency, l.currency, '')
                  GROUP BY 1),
                replaced AS (
                  SELECT product_code, min_by(struct(cost_price, list_price), valid_from) AS was
                  FROM {product_history} WHERE valid_to <= DATE'%1$s' AND valid_to > date_sub(DATE'%1$s', %2$d) GROUP BY 1)
                SELECT s.product_code, s.site_code, s.first_sale, s.units, s.money, v.sold_at,
                       CAST(coalesce(b.unit_price, r.was.cost_price) AS double) AS paid,
                       CAST(r.was.list_price AS double) AS listed_before,
                       CAST(p.list_price AS double) AS list_price
                FROM sold s
                LEFT JOIN price v ON v.product_code = s.product_code
                LEFT JOIN paid b ON b.product_code = s.product_code
                LEFT JOIN replaced r ON r.product_code = s.product_code
                LEFT JOIN {silver.product} p ON p.product_code = s.product_code""".formatted(in.date(), DAYS_OF_DOUBT), spans));
    }

    /** A row for each product and site that sold, for {@link #of}. */
    Dataset<Row> rows() {
        return rows;
    }

    /**
     * What a product was sold and bought for.
     *
     * @param trade        one of {@link #rows}, or null
     * @param companyWeeks weeks since the company's first sale
     */
    static PastTrade of(Row trade, LocalDate date, double companyWeeks) {
        if (trade == null) {
            return PastTrade.UNKNOWN;
        }
        double sinceFirst = weeks(trade.getDate(2).toLocalDate(), date);
        return new PastTrade(
                PastTrade.yearly(trade.getDouble(3), sinceFirst, companyWeeks),
                PastTrade.yearly(Math.max(0, trade.getDouble(4)), sinceFirst, companyWeeks),
                known(trade, 5),
                known(trade, 6),
                known(trade, 7),
                known(trade, 8));
    }

    /** Weeks since a first sale. */
    static double weeks(LocalDate first, LocalDate date) {
        return (ChronoUnit.DAYS.between(first, date) + 1) / 7.0;
    }

    private static OptionalDouble known(Row row, int at) {
        return row.isNullAt(at) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(at));
    }

    /**
     * What the company sells for in a year; of a shorter history, what it comes to in a year. 0 where no price is known.
     *
     * @param sales of the last year
     * @param weeks since the first sale
     */
    static double companySales(double sales, double weeks) {
        return sales * WEEKS_A_YEAR / Math.max(1, Math.min(WEEKS_A_YEAR, weeks));
    }
}
