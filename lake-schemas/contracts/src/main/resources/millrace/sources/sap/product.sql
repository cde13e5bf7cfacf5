-- The English name, else the German one, else any. Services (DIEN) and non-stock materials (NLAG) are never kept.
SELECT m._row,
       m.MATNR                                   AS product_code,
       t.name,
       m.MATKL                                   AS category,
       m.MEINS                                   AS unit,
       coalesce(m.MTART, '') NOT IN ('DIEN', 'NLAG') AS is_stocked,
       coalesce(m.LVORM, 'false') = 'false'      AS is_active,
       CASE WHEN m.MANDT <> '100' THEN concat('client ', m.MANDT, ' is not the productive one') END AS _reject
FROM MARA m
LEFT JOIN (
  SELECT MANDT,
         MATNR,
         min_by(MAKTX, struct(CASE WHEN SPRAS IN ('E', 'EN') THEN 0 WHEN SPRAS IN ('D', 'DE') THEN 1 ELSE 2 END, SPRAS)) AS name
  FROM MAKT
  WHERE MAKTX IS NOT NULL
  GROUP BY MANDT, MATNR
) t ON t.MANDT = m.MANDT AND t.MATNR = m.MATNR
