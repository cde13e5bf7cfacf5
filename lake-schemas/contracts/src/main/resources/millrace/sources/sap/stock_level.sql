-- In the house: unrestricted, in transfer between locations, in inspection. Blocked stock and returns are not for use.
-- Incoming: what open purchase orders still owe. What customers were promised is not part of these extracts.
SELECT max(s._row)                                                AS _row,
       s.MATNR                                                    AS product_code,
       s.WERKS                                                    AS site_code,
       max(s._business_date)                                      AS snapshot_date,
       CASE WHEN count(*) = count(s.stock)
            THEN CAST(sum(s.stock) AS string)
            ELSE concat('cannot be added up: ', max(CASE WHEN s.stock IS NULL
                        THEN concat_ws(' ', s.LGORT, s.LABST, s.UMLME, s.INSME) END)) END AS on_hand,
       coalesce(max(o.incoming), 0)                               AS incoming
FROM (
  SELECT *,
         try_cast(LABST AS decimal(18, 3))
           + CASE WHEN UMLME IS NULL THEN 0 ELSE try_cast(UMLME AS decimal(18, 3)) END
           + CASE WHEN INSME IS NULL THEN 0 ELSE try_cast(INSME AS decimal(18, 3)) END AS stock,
         row_number() OVER (PARTITION BY MATNR, WERKS, LGORT ORDER BY _row DESC)       AS newest
  FROM MARD
  WHERE MANDT = '100'
) s
LEFT JOIN (
  SELECT p.MATNR, p.WERKS,
         sum(greatest(try_cast(p.MENGE AS decimal(18, 3)) - coalesce(t.received, 0), 0)
             * CASE WHEN p.UMREZ IS NULL OR p.UMREN IS NULL THEN 1
                    ELSE try_cast(p.UMREZ AS decimal(9, 0)) / nullif(try_cast(p.UMREN AS decimal(9, 0)), 0) END) AS incoming
  FROM EKPO p
  JOIN EKKO k ON k.MANDT = p.MANDT AND k.EBELN = p.EBELN
  LEFT JOIN (
    SELECT MANDT, EBELN, EBELP, sum(try_cast(WEMNG AS decimal(18, 3))) AS received
    FROM EKET
    GROUP BY MANDT, EBELN, EBELP
  ) t ON t.MANDT = p.MANDT AND t.EBELN = p.EBELN AND t.EBELP = p.EBELP
  WHERE p.MANDT = '100'
    AND k.BSTYP = 'F'
    AND 'L' NOT IN (coalesce(p.LOEKZ, ''), coalesce(k.LOEKZ, ''))
    AND 'true' NOT IN (coalesce(p.ELIKZ, ''), coalesce(p.RETPO, ''))
  GROUP BY p.MATNR, p.WERKS
) o ON o.MATNR = s.MATNR AND o.WERKS = s.WERKS
WHERE s.newest = 1
GROUP BY s.MATNR, s.WERKS
