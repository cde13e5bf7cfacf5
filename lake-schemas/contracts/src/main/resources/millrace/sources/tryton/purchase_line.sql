-- As with sales: the line is done once everything was received, whether or not it is paid.
SELECT _row,
       order_no,
       src_id AS line_no,
       order_date, supplier_code, product_code, site_code,
       quantity, received_quantity, unit_price, amount, currency, promised_date, received_date,
       CASE WHEN state = 'done'                                       THEN 'done'
            WHEN state = 'processing' AND shipment_state = 'received' THEN 'done'
            WHEN state IN ('confirmed', 'processing')                 THEN 'open'
            ELSE state END AS status
FROM purchase_line
