-- The e-mail address of the customer itself before those of its people, the default one first, none that is not to be used.
SELECT k._row,
       k.KUNNR                                   AS customer_code,
       k.NAME1                                   AS name,
       a.email,
       k.TELF1                                   AS phone,
       k.STRAS                                   AS street,
       k.PSTLZ                                   AS postal_code,
       k.ORT01                                   AS city,
       k.LAND1                                   AS country,
       k.KTOKD                                   AS category,
       k.ERDAT                                   AS created_on,
       coalesce(k.LOEVM, 'false') = 'false' AND k.AUFSD IS NULL AS is_active,
       CASE WHEN k.MANDT <> '100' THEN concat('client ', k.MANDT, ' is not the productive one') END AS _reject
FROM KNA1 k
LEFT JOIN (
  SELECT CLIENT,
         ADDRNUMBER,
         min_by(SMTP_ADDR, struct(PERSNUMBER IS NOT NULL, coalesce(FLGDEFAULT, 'false') <> 'true', CONSNUMBER, SMTP_ADDR)) AS email
  FROM ADR6
  WHERE SMTP_ADDR IS NOT NULL AND coalesce(FLG_NOUSE, 'false') = 'false'
  GROUP BY CLIENT, ADDRNUMBER
) a ON a.CLIENT = k.MANDT AND a.ADDRNUMBER = k.ADRNR
