package io.millrace.bench;

import io.millrace.lake.LakeSettings;
import io.millrace.lake.Sessions;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What somebody would write by hand for Online Retail: read the files, cast, deduplicate, write the four silver tables.
 * No bronze, no checks, no quarantine, no history, no accounts, and a second run would do it all again.
 */
public final class HandWritten {

    private static final String SCHEMA = "InvoiceNo string, StockCode string, Description string, Quantity string,"
            + " InvoiceDate string, UnitPrice string, CustomerID string, Country string";

    private static final String SALES_LINE = """
            SELECT InvoiceNo AS order_no,
                   concat_ws('-', upper(StockCode), lower(hex(xxhash64(upper(StockCode), coalesce(Description, ''),
                       coalesce(Quantity, ''), coalesce(InvoiceDate, ''), coalesce(UnitPrice, ''),
                       coalesce(CustomerID, ''), coalesce(Country, ''))))) AS line_no,
                   CAST(InvoiceDate AS date) AS order_date,
                   regexp_replace(CustomerID, '[.]0+$', '') AS customer_code,
                   upper(StockCode) AS product_code,
                   'MAIN' AS site_code,
                   IF(is_adjustment, 'adjustment', 'web') AS channel,
                   CAST(NULL AS string) AS promotion_code,
                   CAST(Quantity AS decimal(18, 3)) AS quantity,
                   CAST(UnitPrice AS decimal(18, 4)) AS unit_price,
                   CAST(round(CAST(Quantity AS decimal(12, 3)) * CAST(UnitPrice AS decimal(18, 4)), 2)
                       AS decimal(18, 2)) AS amount,
                   'GBP' AS currency,
                   IF(is_adjustment, 'cancelled', 'done') AS status
            FROM (
              SELECT *,
                     upper(StockCode) IN ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
                     OR coalesce(CAST(UnitPrice AS double) = 0 AND CustomerID IS NULL
                           AND (Quantity LIKE '-%' OR Description IS NULL OR NOT Description RLIKE '^[^a-z?]{7}'),
                         false) AS is_adjustment
              FROM invoice_lines
            )
            """;

    private static final String CUSTOMER = """
            SELECT regexp_replace(CustomerID, '[.]0+$', '') AS customer_code,
                   nullif(max_by(Country, struct(InvoiceDate, Country)), 'Unspecified') AS country,
                   true AS is_active
            FROM invoice_lines
            WHERE CustomerID IS NOT NULL
            GROUP BY regexp_replace(CustomerID, '[.]0+$', '')
            """;

    private static final String PRODUCT = """
            SELECT product_code,
                   max_by(name, struct(lines_of_name, name)) AS name,
                   'unit' AS unit,
                   CASE WHEN is_stocked THEN CAST(percentile(price, 0.5, lines) AS decimal(18, 4)) END AS list_price,
                   'GBP' AS currency,
                   is_stocked,
                   true AS is_active
            FROM (
              SELECT *, product_code RLIKE '^([0-9]{5}|DCGS)' AS is_stocked,
                     sum(lines) OVER (PARTITION BY product_code, name) AS lines_of_name
              FROM (
                SELECT upper(StockCode) AS product_code, trim(Description) AS name, CAST(UnitPrice AS double) AS price,
                       count(*) AS lines
                FROM invoice_lines
                WHERE CAST(UnitPrice AS double) > 0
                GROUP BY upper(StockCode), trim(Description), CAST(UnitPrice AS double)
              )
            )
            GROUP BY product_code, is_stocked
            """;

    private static final String SITE =
            "SELECT 'MAIN' AS site_code, 'The warehouse' AS name, 'warehouse' AS site_type, true AS is_active";

    private HandWritten() {}

    /** @param args folder with a folder for each month, folder of the tables to write, which must be there and empty */
    public static void main(String[] args) {
        long start = System.nanoTime();
        SparkSession spark = Sessions.writing("hand-written", new LakeSettings(args[1], "embedded", 4, Map.of()));
        Dataset<Row> lines = spark.read()
                .schema(SCHEMA)
                .option("header", true)
                .option("escape", "\"")
                .csv(args[0] + "/*/invoice_lines.csv.gz");
        lines.createOrReplaceTempView("invoice_lines");
        spark.sql("CREATE DATABASE silver LOCATION '" + args[1] + "/silver'");
        save(spark.sql(CUSTOMER), "customer");
        save(spark.sql(PRODUCT), "product");
        save(spark.sql(SITE), "site");
        save(spark.sql(SALES_LINE).dropDuplicates(new String[] {"order_no", "line_no"}), "sales_line");
        System.out.printf(Locale.ROOT, "%.1f%n", (System.nanoTime() - start) / 1e9);
        Sessions.stop(spark);
    }

    private static void save(Dataset<Row> rows, String table) {
        rows.write().format("delta").saveAsTable("silver." + table);
    }
}
