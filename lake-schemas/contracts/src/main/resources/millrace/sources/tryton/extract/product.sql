-- Variants, each with what its template says. Prices are properties of the company, in tables of their own.
-- A variant may have no code: it goes by its id then, here and in every other extract.
WITH company AS (
  SELECT id, currency FROM company_company ORDER BY id LIMIT 1
), grouped AS (
  SELECT r.template,
         string_agg(c.name, '|' ORDER BY c.name)    AS names,
         max(GREATEST(r.create_date, r.write_date)) AS changed_at
  FROM "product_template-product_category" r
  JOIN product_category c ON c.id = r.category
  GROUP BY r.template
)
SELECT p.id                                                   AS src_id,
       COALESCE(NULLIF(p.code, ''), 'id-' || p.id)            AS product_code,
       t.name,
       g.names                                                AS category,
       u.symbol                                               AS unit,
       CAST(lp.list_price AS numeric(18,4))                   AS list_price,
       CAST(cp.cost_price AS numeric(18,4))                   AS cost_price,
       cur.code                                               AS currency,
       t.type = 'goods' AND NOT COALESCE(t.consumable, false) AS is_stocked,
       p.active AND t.active                                  AS is_active,
       COALESCE(t.purchasable, false)                         AS is_purchasable,
       CAST(u.rounding AS numeric(18,6))                      AS unit_rounding,
       GREATEST(p.create_date, p.write_date, t.create_date, t.write_date, lp.create_date, lp.write_date,
                cp.create_date, cp.write_date, g.changed_at)  AS changed_at
FROM product_product p
JOIN product_template t ON t.id = p.template
JOIN product_uom u ON u.id = t.default_uom
LEFT JOIN company ON true
LEFT JOIN currency_currency cur ON cur.id = company.currency
LEFT JOIN LATERAL (
  SELECT * FROM product_list_price x WHERE x.template = t.id AND x.company = company.id ORDER BY x.id LIMIT 1
) lp ON true
LEFT JOIN LATERAL (
  SELECT * FROM product_cost_price x WHERE x.product = p.id AND x.company = company.id ORDER BY x.id LIMIT 1
) cp ON true
LEFT JOIN grouped g ON g.template = t.id
