-- The shop ships from one place, which the data does not name.
SELECT max(_row)        AS _row,
       'MAIN'           AS site_code,
       'The warehouse'  AS name,
       'warehouse'      AS site_type,
       true             AS is_active
FROM invoice_lines
HAVING count(*) > 0
