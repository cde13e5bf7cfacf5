SELECT _row,
       supplier_code, name, email, city, country, is_active
FROM supplier
