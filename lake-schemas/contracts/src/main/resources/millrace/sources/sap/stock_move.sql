-- MENGE has no sign: SHKZG says S for into the plant and H for out of it.
SELECT s._row,
       s.MATNR                                                    AS product_code,
       s.WERKS                                                    AS site_code,
       concat_ws('-', s.MBLNR, s.MJAHR, s.ZEILE)                  AS move_no,
       coalesce(h.BUDAT, s.BUDAT_MKPF)                            AS move_date,
       nvl2(s.MENGE, coalesce(CAST(CASE s.SHKZG WHEN 'S' THEN 1 WHEN 'H' THEN -1 END * try_cast(s.MENGE AS decimal(18, 3)) AS string),
                              concat_ws(' ', 'cannot be computed:', s.SHKZG, s.MENGE)), NULL)
                                                                  AS quantity,
       CASE WHEN s.BWART BETWEEN '101' AND '121'                  THEN 'receipt'
            WHEN s.BWART BETWEEN '122' AND '162'                  THEN 'return'
            WHEN s.BWART BETWEEN '301' AND '454'                  THEN 'transfer'
            WHEN s.BWART BETWEEN '601' AND '638'                  THEN 'sale'
            WHEN s.BWART BETWEEN '641' AND '648'                  THEN 'transfer'
            WHEN s.BWART BETWEEN '651' AND '658'                  THEN 'return'
            ELSE 'adjustment' END                                 AS move_type,
       s.EBELN                                                    AS reference,
       CASE WHEN s.MANDT <> '100' THEN concat('client ', s.MANDT, ' is not the productive one')
            WHEN s._deleted       THEN NULL
            WHEN h.MBLNR IS NULL AND s.BUDAT_MKPF IS NULL THEN 'its head (MKPF) was not delivered yet'
            WHEN s.MATNR IS NULL  THEN 'a movement without a material moves no stock'
       END                                                        AS _reject
FROM MSEG s
LEFT JOIN MKPF h ON h.MANDT = s.MANDT AND h.MBLNR = s.MBLNR AND h.MJAHR = s.MJAHR
