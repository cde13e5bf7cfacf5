-- Orders (VBTYP C), free deliveries (I) and returns (H, negative). Other documents are offers, contracts or money alone.
-- A reason for rejection (ABGRU) cancels the item. S/4HANA says by LFSTA whether it was delivered; without, it is open.
SELECT _row,
       VBELN                                                      AS order_no,
       POSNR                                                      AS line_no,
       coalesce(AUDAT, ERDAT)                                     AS order_date,
       KUNNR                                                      AS customer_code,
       MATNR                                                      AS product_code,
       WERKS                                                      AS site_code,
       VTWEG                                                      AS channel,
       nvl2(KWMENG, coalesce(CAST(sign * try_cast(KWMENG AS decimal(18, 3)) * per_sales_unit AS string),
                             concat_ws(' ', 'cannot be computed:', KWMENG, 'unit', UMVKZ, '/', UMVKN)), NULL)
                                                                  AS quantity,
       nvl2(NETPR, coalesce(CAST(try_cast(NETPR AS decimal(18, 4)) * scale / price_unit / per_sales_unit AS string),
                            concat_ws(' ', 'cannot be computed:', NETPR, 'per', KPEIN, 'unit', UMVKZ, '/', UMVKN)), NULL)
                                                                  AS unit_price,
       nvl2(NETWR, coalesce(CAST(sign * try_cast(NETWR AS decimal(18, 4)) * scale AS string), NETWR), NULL)
                                                                  AS amount,
       currency,
       CASE WHEN ABGRU IS NOT NULL THEN 'cancelled'
            WHEN LFSTA = 'C'       THEN 'done'
            ELSE 'open' END                                       AS status,
       CASE WHEN MANDT <> '100'                THEN concat('client ', MANDT, ' is not the productive one')
            WHEN _deleted                      THEN NULL
            WHEN head_VBELN IS NULL            THEN 'its head (VBAK) was not delivered yet'
            WHEN VBTYP NOT IN ('C', 'H', 'I')  THEN concat('VBTYP ', VBTYP, ' is neither an order nor a return')
       END                                                        AS _reject
FROM (
  SELECT p.*,
         k.VBELN AS head_VBELN, k.AUDAT, k.ERDAT, k.VBTYP, k.KUNNR, k.VTWEG,
         coalesce(p.WAERK, k.WAERK)                               AS currency,
         CASE WHEN k.VBTYP = 'H' THEN -1 ELSE 1 END               AS sign,
         CASE WHEN p.KPEIN IS NULL THEN 1 ELSE nullif(try_cast(p.KPEIN AS decimal(9, 0)), 0) END AS price_unit,
         CASE WHEN p.UMVKZ IS NULL OR p.UMVKN IS NULL THEN 1
              ELSE try_cast(p.UMVKZ AS decimal(9, 0)) / nullif(try_cast(p.UMVKN AS decimal(9, 0)), 0) END AS per_sales_unit,
         CASE coalesce(try_cast(x.CURRDEC AS int),
                       CASE WHEN coalesce(p.WAERK, k.WAERK) IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
                                                                'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
                            WHEN coalesce(p.WAERK, k.WAERK) IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
                            ELSE 2 END)
              WHEN 0 THEN 100 WHEN 1 THEN 10 WHEN 3 THEN 0.1 WHEN 4 THEN 0.01 ELSE 1 END AS scale
  FROM VBAP p
  LEFT JOIN VBAK k ON k.MANDT = p.MANDT AND k.VBELN = p.VBELN
  LEFT JOIN TCURX x ON x.CURRKEY = coalesce(p.WAERK, k.WAERK)
)
