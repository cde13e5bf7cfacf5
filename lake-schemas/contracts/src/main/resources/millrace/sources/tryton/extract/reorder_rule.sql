-- Order points by which the ERP buys. It orders when the expected stock is below the minimum, up to the target; one
-- without a minimum never orders. Those that only refill one place from another are not about buying.
SELECT o.id                                        AS src_id,
       COALESCE(NULLIF(p.code, ''), 'id-' || p.id) AS product_code,
       COALESCE(NULLIF(w.code, ''), 'id-' || w.id) AS site_code,
       CAST(o.min_quantity AS numeric(18,3))       AS reorder_point,
       CAST(o.target_quantity AS numeric(18,3))    AS order_up_to,
       GREATEST(o.create_date, o.write_date)       AS changed_at
FROM stock_order_point o
JOIN product_product p ON p.id = o.product
JOIN stock_location w ON w.id = o.warehouse_location
WHERE o.type = 'purchase' AND o.min_quantity IS NOT NULL
