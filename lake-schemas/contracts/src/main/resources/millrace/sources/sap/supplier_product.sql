-- Of an info record's conditions those that hold: not deleted, standard procurement, for all plants, then by organisation.
-- Price and minimum are for the order unit and become those of one stock unit.
SELECT _row,
       LIFNR                                                      AS supplier_code,
       MATNR                                                      AS product_code,
       APLFZ                                                      AS lead_time_days,
       nvl2(NETPR, coalesce(CAST(try_cast(NETPR AS decimal(18, 4)) * scale / price_unit / per_order_unit AS string),
                            concat_ws(' ', 'cannot be computed:', NETPR, 'per', PEINH, 'unit', UMREZ, '/', UMREN)), NULL)
                                                                  AS unit_price,
       WAERS                                                      AS currency,
       nvl2(MINBM, coalesce(CAST(try_cast(MINBM AS decimal(18, 3)) * per_order_unit AS string),
                            concat_ws(' ', 'cannot be computed:', MINBM, 'unit', UMREZ, '/', UMREN)), NULL)
                                                                  AS min_order_quantity,
       CASE WHEN RELIF = 'true' THEN 1 ELSE 2 END                 AS preference,
       'true' NOT IN (coalesce(LOEKZ, 'false'), coalesce(condition_LOEKZ, 'false')) AS is_active,
       CASE WHEN MANDT <> '100'   THEN concat('client ', MANDT, ' is not the productive one')
            WHEN _deleted         THEN NULL
            WHEN MATNR IS NULL    THEN 'an info record without a material is for a material group'
       END                                                        AS _reject
FROM (
  SELECT a.*,
         e.c.LOEKZ AS condition_LOEKZ, e.c.APLFZ, e.c.MINBM, e.c.NETPR, e.c.PEINH, e.c.WAERS,
         CASE WHEN e.c.PEINH IS NULL THEN 1 ELSE nullif(try_cast(e.c.PEINH AS decimal(9, 0)), 0) END AS price_unit,
         CASE WHEN a.UMREZ IS NULL OR a.UMREN IS NULL THEN 1
              ELSE try_cast(a.UMREZ AS decimal(9, 0)) / nullif(try_cast(a.UMREN AS decimal(9, 0)), 0) END AS per_order_unit,
         CASE coalesce(try_cast(x.CURRDEC AS int),
                       CASE WHEN e.c.WAERS IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF',
                                               'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
                            WHEN e.c.WAERS IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
                            ELSE 2 END)
              WHEN 0 THEN 100 WHEN 1 THEN 10 WHEN 3 THEN 0.1 WHEN 4 THEN 0.01 ELSE 1 END AS scale
  FROM EINA a
  LEFT JOIN (
    SELECT MANDT,
           INFNR,
           min_by(struct(LOEKZ, APLFZ, MINBM, NETPR, PEINH, WAERS),
                  struct(coalesce(LOEKZ, 'false'), CASE WHEN ESOKZ = '0' THEN 0 ELSE 1 END, WERKS IS NOT NULL, EKORG, ESOKZ, WERKS)) AS c
    FROM EINE
    GROUP BY MANDT, INFNR
  ) e ON e.MANDT = a.MANDT AND e.INFNR = a.INFNR
  LEFT JOIN TCURX x ON x.CURRKEY = e.c.WAERS
)
