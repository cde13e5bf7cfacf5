-- The ERP keeps a sale in processing until it is paid. The goods are gone once its shipments are sent: the line is done.
SELECT _row,
       order_no,
       src_id AS line_no,
       order_date, customer_code, product_code, site_code, promotion_code,
       quantity, unit_price, amount, currency,
       CASE WHEN state = 'done'                                   THEN 'done'
            WHEN state = 'processing' AND shipment_state = 'sent' THEN 'done'
            WHEN state IN ('confirmed', 'processing')             THEN 'open'
            ELSE state END AS status
FROM sales_line
