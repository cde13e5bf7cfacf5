-- Parties that supply: they have conditions for a product or got a purchase, or were merged into one that does.
WITH seller AS (
  SELECT party, min(since) AS since
  FROM (
    SELECT party, create_date AS since FROM purchase_product_supplier
    UNION ALL
    SELECT party, create_date FROM purchase_purchase
  ) x
  GROUP BY party
), addresses AS (
  SELECT party, max(GREATEST(create_date, write_date)) AS changed_at FROM party_address GROUP BY party
), contacts AS (
  SELECT party,
         (array_agg(value ORDER BY sequence NULLS FIRST, id) FILTER (WHERE active AND type = 'email'))[1] AS email,
         max(GREATEST(create_date, write_date))                                                           AS changed_at
  FROM party_contact_mechanism
  GROUP BY party
)
SELECT p.id                     AS src_id,
       p.code                   AS supplier_code,
       p.name,
       c.email,
       a.city,
       y.code                   AS country,
       p.active                 AS is_active,
       GREATEST(p.create_date, p.write_date, aa.changed_at, c.changed_at, s.since) AS changed_at
FROM party_party p
JOIN seller s ON s.party = COALESCE(p.replaced_by, p.id)
LEFT JOIN addresses aa ON aa.party = p.id
LEFT JOIN LATERAL (
  SELECT * FROM party_address x WHERE x.party = p.id AND x.active ORDER BY x.sequence NULLS FIRST, x.id LIMIT 1
) a ON true
LEFT JOIN country_country y ON y.id = a.country
LEFT JOIN contacts c ON c.party = p.id
