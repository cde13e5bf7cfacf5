SELECT _row,
       product_code, site_code, snapshot_date, on_hand, reserved, incoming
FROM stock_level
