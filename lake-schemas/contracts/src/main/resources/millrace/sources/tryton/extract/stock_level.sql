-- Stock has no table. On hand is what came into a warehouse less what left it, up to the business date. Promised is what
-- is still to leave for outside, assigned or not; incoming is what is still to arrive from outside. Both are as the ERP
-- has them at the moment of reading. A movement between two places of one warehouse changes nothing.
WITH move AS (
  SELECT m.product, m.state, m.effective_date, m.internal_quantity, wf.id AS from_site, wt.id AS to_site
  FROM stock_move m
  JOIN stock_location f ON f.id = m.from_location
  JOIN stock_location t ON t.id = m.to_location
  LEFT JOIN stock_location wf ON wf.type = 'warehouse' AND wf."left" <= f."left" AND wf."right" >= f."right"
  LEFT JOIN stock_location wt ON wt.type = 'warehouse' AND wt."left" <= t."left" AND wt."right" >= t."right"
  WHERE m.state IN ('draft', 'assigned', 'done')
    AND (m.state <> 'done' OR m.effective_date <= CAST(:business_date AS date))
    AND wf.id IS DISTINCT FROM wt.id
), side AS (
  SELECT product, to_site AS site, state, internal_quantity AS signed FROM move WHERE to_site IS NOT NULL
  UNION ALL
  SELECT product, from_site, state, -internal_quantity FROM move WHERE from_site IS NOT NULL
)
SELECT COALESCE(NULLIF(p.code, ''), 'id-' || p.id)                                                    AS product_code,
       COALESCE(NULLIF(w.code, ''), 'id-' || w.id)                                                    AS site_code,
       CAST(:business_date AS date)                                                                   AS snapshot_date,
       CAST(COALESCE(sum(signed) FILTER (WHERE state = 'done'), 0) AS numeric(18,3))                  AS on_hand,
       CAST(COALESCE(-sum(signed) FILTER (WHERE state <> 'done' AND signed < 0), 0) AS numeric(18,3)) AS reserved,
       CAST(COALESCE(sum(signed) FILTER (WHERE state <> 'done' AND signed > 0), 0) AS numeric(18,3))  AS incoming
FROM side
JOIN product_product p ON p.id = side.product
JOIN stock_location w ON w.id = side.site
GROUP BY p.id, p.code, w.id, w.code
