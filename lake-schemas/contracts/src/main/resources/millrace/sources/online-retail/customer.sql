-- All that the lines say of a customer is a country; a few moved, and the latest invoice tells.
SELECT max(_row)                                                AS _row,
       regexp_replace(CustomerID, '[.]0+$', '')                 AS customer_code,
       nullif(max_by(Country, struct(InvoiceDate, Country)), 'Unspecified') AS country,
       true                                                     AS is_active
FROM invoice_lines
WHERE CustomerID IS NOT NULL
GROUP BY regexp_replace(CustomerID, '[.]0+$', '')
