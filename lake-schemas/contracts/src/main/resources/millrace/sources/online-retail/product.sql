-- An article is what was sold at a price in the delivery: its name is the description that most of these lines carry, its
-- list price their median. Codes that only ever appear on write-offs are no article. Articles have a number of five
-- digits or belong to the DCGS range; everything else (postage, carriage, samples, vouchers, fees) is nothing to stock.
SELECT max(_row)                                             AS _row,
       product_code,
       max_by(name, struct(lines_of_name, name))             AS name,
       'unit'                                                AS unit,
       CASE WHEN is_stocked
            THEN CAST(percentile(price, 0.5, lines) AS decimal(18, 4)) END AS list_price,
       'GBP'                                                 AS currency,
       is_stocked,
       true                                                  AS is_active
FROM (
  SELECT *,
         product_code RLIKE '^([0-9]{5}|DCGS)'               AS is_stocked,
         sum(lines) OVER (PARTITION BY product_code, name)   AS lines_of_name
  FROM (
    SELECT max(_row)                                         AS _row,
           upper(StockCode)                                  AS product_code,
           trim(Description)                                 AS name,
           try_cast(UnitPrice AS double)                     AS price,
           count(*)                                          AS lines
    FROM invoice_lines
    WHERE try_cast(UnitPrice AS double) > 0
    GROUP BY upper(StockCode), trim(Description), try_cast(UnitPrice AS double)
  )
)
GROUP BY product_code, is_stocked
