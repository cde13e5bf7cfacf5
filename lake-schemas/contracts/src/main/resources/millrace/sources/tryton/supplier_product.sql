-- The ERP stores no minimum quantity.
SELECT _row,
       supplier_code, product_code, lead_time_days, unit_price, currency, pack_size, preference, is_active
FROM supplier_product
