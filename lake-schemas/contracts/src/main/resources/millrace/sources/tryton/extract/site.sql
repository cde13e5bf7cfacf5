-- Warehouses. The locations inside one are its own affair.
SELECT w.id                                        AS src_id,
       COALESCE(NULLIF(w.code, ''), 'id-' || w.id) AS site_code,
       w.name,
       'warehouse'                                 AS site_type,
       w.active                                    AS is_active,
       GREATEST(w.create_date, w.write_date)       AS changed_at
FROM stock_location w
WHERE w.type = 'warehouse'
