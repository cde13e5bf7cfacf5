-- Movements that are done, one row for each warehouse that they enter or leave. A movement between two places of one
-- warehouse is no row. other_side: the type of the location at the other end, or warehouse.
WITH move AS (
  SELECT m.*, f.type AS from_type, t.type AS to_type, wf.id AS from_site, wt.id AS to_site
  FROM stock_move m
  JOIN stock_location f ON f.id = m.from_location
  JOIN stock_location t ON t.id = m.to_location
  LEFT JOIN stock_location wf ON wf.type = 'warehouse' AND wf."left" <= f."left" AND wf."right" >= f."right"
  LEFT JOIN stock_location wt ON wt.type = 'warehouse' AND wt."left" <= t."left" AND wt."right" >= t."right"
  WHERE m.state = 'done' AND wf.id IS DISTINCT FROM wt.id
), side AS (
  SELECT move.*, to_site AS site, internal_quantity AS signed, from_type AS other_type, from_site AS other_site
  FROM move WHERE to_site IS NOT NULL
  UNION ALL
  SELECT move.*, from_site, -internal_quantity, to_type, to_site
  FROM move WHERE from_site IS NOT NULL
)
SELECT s.id                                                            AS src_id,
       COALESCE(NULLIF(p.code, ''), 'id-' || p.id)                     AS product_code,
       COALESCE(NULLIF(w.code, ''), 'id-' || w.id)                     AS site_code,
       s.effective_date                                                AS move_date,
       CAST(s.signed AS numeric(18,3))                                 AS quantity,
       CASE WHEN s.other_site IS NULL THEN s.other_type ELSE 'warehouse' END AS other_side,
       COALESCE(s.origin, s.shipment)                                  AS reference,
       COALESCE(s.write_date, s.create_date)                           AS changed_at
FROM side s
JOIN product_product p ON p.id = s.product
JOIN stock_location w ON w.id = s.site
