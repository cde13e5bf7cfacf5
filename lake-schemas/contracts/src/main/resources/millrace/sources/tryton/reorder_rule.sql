SELECT _row,
       product_code, site_code, reorder_point, order_up_to
FROM reorder_rule
