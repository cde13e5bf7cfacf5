-- DISMM V... plans by reorder point, other kinds do not look at MINBE. MABST counts where the lot fills up to it (DISLS HB,
-- or not delivered); otherwise the lot is fixed (FX, BSTFE) or at least BSTMI. 0 means not maintained.
SELECT _row,
       MATNR                                                      AS product_code,
       WERKS                                                      AS site_code,
       MINBE                                                      AS reorder_point,
       CASE WHEN (DISLS IS NULL OR DISLS = 'HB') AND NOT coalesce(try_cast(MABST AS double) = 0, false) THEN MABST END
                                                                  AS order_up_to,
       CASE WHEN DISLS = 'FX' THEN BSTFE
            WHEN NOT coalesce(try_cast(BSTMI AS double) = 0, false) THEN BSTMI END AS order_quantity,
       CASE WHEN MANDT <> '100'        THEN concat('client ', MANDT, ' is not the productive one')
            WHEN _deleted              THEN NULL
            WHEN DISMM NOT LIKE 'V%'   THEN concat('DISMM ', DISMM, ' does not plan by reorder point')
            WHEN DISMM IS NULL AND coalesce(try_cast(MINBE AS double) = 0, MINBE IS NULL)
                                       THEN 'no reorder point is maintained'
       END                                                        AS _reject
FROM MARC
