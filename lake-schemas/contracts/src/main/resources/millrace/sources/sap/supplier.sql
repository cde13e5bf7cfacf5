-- SPERR blocks postings, SPERM purchases.
SELECT _row,
       LIFNR                                     AS supplier_code,
       NAME1                                     AS name,
       ORT01                                     AS city,
       LAND1                                     AS country,
       'true' NOT IN (coalesce(LOEVM, 'false'), coalesce(SPERR, 'false'), coalesce(SPERM, 'false')) AS is_active,
       CASE WHEN MANDT <> '100' THEN concat('client ', MANDT, ' is not the productive one') END     AS _reject
FROM LFA1
