-- Returns are credit notes, InvoiceNo C..., whose quantities are negative already: sales with a minus, not cancellations.
-- A line without a customer is a sale over the counter of somebody else's web shop, and counts as demand.
-- No sales at all, kept as cancelled on the channel 'adjustment':
--   * stock write-offs and finds: no price, no customer, and no product's name in capitals but a note such as "damaged",
--     "?" or nothing (2,093 lines, every one alone on its invoice);
--   * money that is not the customer's: fees of Amazon and the bank, a charity's commission, bad debts.
-- Postage, carriage, discounts and manual lines stay, as products that no plan may order.
-- Upper and lower case of a stock code are the same article; 17850.0 is customer 17850.
SELECT _row,
       InvoiceNo                                     AS order_no,
       concat_ws('-', upper(StockCode), lower(hex(xxhash64(
           upper(StockCode),
           coalesce(Description, ''),
           coalesce(Quantity, ''),
           coalesce(InvoiceDate, ''),
           coalesce(UnitPrice, ''),
           coalesce(CustomerID, ''),
           coalesce(Country, '')))))                 AS line_no,
       InvoiceDate                                   AS order_date,
       regexp_replace(CustomerID, '[.]0+$', '')      AS customer_code,
       upper(StockCode)                              AS product_code,
       'MAIN'                                        AS site_code,
       CASE WHEN is_adjustment THEN 'adjustment' ELSE 'web' END AS channel,
       Quantity                                      AS quantity,
       UnitPrice                                     AS unit_price,
       round(try_cast(Quantity AS decimal(12, 3)) * try_cast(UnitPrice AS decimal(18, 4)), 2) AS amount,
       'GBP'                                         AS currency,
       CASE WHEN is_adjustment THEN 'cancelled' ELSE 'done' END AS status
FROM (
  SELECT *,
         upper(StockCode) IN ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
         OR coalesce(try_cast(UnitPrice AS double) = 0
                     AND CustomerID IS NULL
                     AND (Quantity LIKE '-%' OR Description IS NULL OR NOT Description RLIKE '^[^a-z?]{7}'), false)
           AS is_adjustment
  FROM invoice_lines
)
