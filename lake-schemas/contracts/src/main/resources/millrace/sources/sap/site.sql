SELECT max(_row)   AS _row,
       WERKS       AS site_code,
       WERKS       AS name,
       'warehouse' AS site_type,
       true        AS is_active
FROM MARC
WHERE MANDT = '100' AND WERKS IS NOT NULL AND NOT _deleted
GROUP BY WERKS
