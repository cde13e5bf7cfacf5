-- Purchase orders (BSTYP F). Returns to the vendor (RETPO) are negative. LOEKZ L deletes, S only blocks. An item is done
-- when delivery is marked complete or all of it came; its day of receipt is that of the last goods receipt (101) then.
SELECT _row,
       EBELN                                                      AS order_no,
       EBELP                                                      AS line_no,
       coalesce(BEDAT, AEDAT)                                     AS order_date,
       LIFNR                                                      AS supplier_code,
       MATNR                                                      AS product_code,
       WERKS                                                      AS site_code,
       nvl2(MENGE, coalesce(CAST(sign * ordered * per_order_unit AS string),
                            concat_ws(' ', 'cannot be computed:', MENGE, 'unit', UMREZ, '/', UMREN)), NULL)
                                                                  AS quantity,
       nvl2(receipts, coalesce(CAST(sign * received * per_order_unit AS string),
                               concat_ws(' ', 'cannot be computed:', receipts, 'unit', UMREZ, '/', UMREN)), NULL)
                                                                  AS received_quantity,
       nvl2(NETPR, coalesce(CAST(try_cast(NETPR AS decimal(18, 4)) * scale / price_unit / per_order_unit AS string),
                            concat_ws(' ', 'cannot be computed:', NETPR, 'per', PEINH, 'unit', UMREZ, '/', UMREN)), NULL)
                                                                  AS unit_price,
       nvl2(NETWR, coalesce(CAST(sign * try_cast(NETWR AS decimal(18, 4)) * scale AS string), NETWR), NULL)
                                                                  AS amount,
       WAERS                                                      AS currency,
       due                                                        AS promised_date,
       CASE WHEN is_complete THEN last_receipt END                AS received_date,
       CASE WHEN is_cancelled THEN 'cancelled'
            WHEN is_complete  THEN 'done'
            ELSE 'open' END                                       AS status,
       CASE WHEN MANDT <> '100'      THEN concat('client ', MANDT, ' is not the productive one')
            WHEN _deleted            THEN NULL
            WHEN head_EBELN IS NULL  THEN 'its head (EKKO) was not delivered yet'
            WHEN BSTYP <> 'F'        THEN concat('BSTYP ', BSTYP, ' is no purchase order')
            WHEN LIFNR IS NULL       THEN concat('stock transfer from plant ', coalesce(RESWK, '?'), ', no vendor')
       END                                                        AS _reject
FROM (
  SELECT p.*,
         k.EBELN AS head_EBELN, k.BEDAT, k.AEDAT, k.BSTYP, k.LIFNR, k.RESWK, k.WAERS,
         s.due, s.received, s.receipts, r.last_receipt,
         try_cast(p.MENGE AS decimal(18, 3))                      AS ordered,
         CASE WHEN p.RETPO = 'true' THEN -1 ELSE 1 END            AS sign,
         coalesce(p.LOEKZ, '') IN ('L', 'X') OR coalesce(k.LOEKZ, '') IN ('L', 'X') AS is_cancelled,
         coalesce(p.ELIKZ, 'false') = 'true'
           OR coalesce(s.received >= try_cast(p.MENGE AS decimal(18, 3)), false)    AS is_complete,
         CASE WHEN p.PEINH IS NULL THEN 1 ELSE nullif(try_cast(p.PEINH AS decimal(9, 0)), 0) END AS price_unit,
         CASE WHEN p.UMREZ IS NULL OR p.UMREN IS NULL THEN 1
              ELSE try_cast(p.UMREZ AS decimal(9, 0)) / nullif(try_cast(p.UMREN AS decimal(9, 0)), 0) END AS per_order_unit,
         CASE coalesce(try_cast(x.CURRDEC AS int),
                       CASE WHEN k.WAERS IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF',
                                             'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
                            WHEN k.WAERS IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
                            ELSE 2 END)
              WHEN 0 THEN 100 WHEN 1 THEN 10 WHEN 3 THEN 0.1 WHEN 4 THEN 0.01 ELSE 1 END AS scale
  FROM EKPO p
  LEFT JOIN EKKO k ON k.MANDT = p.MANDT AND k.EBELN = p.EBELN
  LEFT JOIN (
    -- receipts: what was delivered as received, for the reason where it cannot be added up
    SELECT MANDT, EBELN, EBELP,
           max(EINDT)                                             AS due,
           concat_ws(' + ', sort_array(collect_list(WEMNG)))      AS receipts,
           CASE WHEN count(WEMNG) = count(try_cast(WEMNG AS decimal(18, 3)))
                THEN sum(try_cast(WEMNG AS decimal(18, 3))) END   AS received
    FROM EKET
    GROUP BY MANDT, EBELN, EBELP
  ) s ON s.MANDT = p.MANDT AND s.EBELN = p.EBELN AND s.EBELP = p.EBELP
  LEFT JOIN (
    SELECT g.MANDT, g.EBELN, g.EBELP, max(coalesce(h.BUDAT, g.BUDAT_MKPF)) AS last_receipt
    FROM MSEG g
    LEFT JOIN MKPF h ON h.MANDT = g.MANDT AND h.MBLNR = g.MBLNR AND h.MJAHR = g.MJAHR
    WHERE g.BWART = '101'
    GROUP BY g.MANDT, g.EBELN, g.EBELP
  ) r ON r.MANDT = p.MANDT AND r.EBELN = p.EBELN AND r.EBELP = p.EBELP
  LEFT JOIN TCURX x ON x.CURRKEY = k.WAERS
)
