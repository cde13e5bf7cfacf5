SELECT _row,
       product_code, site_code,
       src_id AS move_no,
       move_date, quantity,
       CASE WHEN other_side = 'supplier' AND quantity LIKE '-%' THEN 'return'
            WHEN other_side = 'supplier'                        THEN 'receipt'
            WHEN other_side = 'customer' AND quantity LIKE '-%' THEN 'sale'
            WHEN other_side = 'customer'                        THEN 'return'
            WHEN other_side IN ('warehouse', 'storage')         THEN 'transfer'
            ELSE 'adjustment' END AS move_type,
       reference
FROM stock_move
