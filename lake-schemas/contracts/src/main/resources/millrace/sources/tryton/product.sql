SELECT _row,
       product_code, name, category, unit, list_price, cost_price, currency, is_stocked, is_active,
       is_purchasable, unit_rounding
FROM product
