-- Parties that buy or might: they have a sale, or share a category with a party that has one. Not the company itself, and
-- not who only supplies. A party that was merged into another lost its documents, so it is judged by the other one.
WITH buyer AS (
  SELECT party, min(create_date) AS since FROM sale_sale GROUP BY party
), seller AS (
  SELECT party FROM purchase_product_supplier
  UNION
  SELECT party FROM purchase_purchase
), buyers_category AS (
  SELECT DISTINCT r.category FROM party_category_rel r JOIN buyer b ON b.party = r.party
), grouped AS (
  SELECT r.party,
         string_agg(c.name, '|' ORDER BY c.name)     AS names,
         bool_or(k.category IS NOT NULL)             AS buys,
         max(GREATEST(r.create_date, r.write_date))  AS changed_at
  FROM party_category_rel r
  JOIN party_category c ON c.id = r.category
  LEFT JOIN buyers_category k ON k.category = r.category
  GROUP BY r.party
), addresses AS (
  SELECT party, max(GREATEST(create_date, write_date)) AS changed_at FROM party_address GROUP BY party
), contacts AS (
  SELECT party,
         (array_agg(value ORDER BY sequence NULLS FIRST, id) FILTER (WHERE active AND type = 'email'))[1]              AS email,
         (array_agg(value ORDER BY sequence NULLS FIRST, id) FILTER (WHERE active AND type IN ('phone', 'mobile')))[1] AS phone,
         max(GREATEST(create_date, write_date))                                                                        AS changed_at
  FROM party_contact_mechanism
  GROUP BY party
), scenario AS (
  SELECT record, bool_or(blocked) AS blocked, max(GREATEST(create_date, write_date)) AS changed_at
  FROM marketing_automation_record
  GROUP BY record
), mailing AS (
  -- Unsubscribing from a list leaves the address there, no longer active.
  SELECT lower(email) AS email, bool_or(NOT active) AS unsubscribed, max(GREATEST(create_date, write_date)) AS changed_at
  FROM marketing_email
  GROUP BY lower(email)
)
SELECT p.id                                                                 AS src_id,
       p.code                                                               AS customer_code,
       p.name,
       c.email,
       c.phone,
       a.street,
       a.postal_code,
       a.city,
       y.code                                                               AS country,
       g.names                                                              AS category,
       CAST(p.create_date AS date)                                          AS created_on,
       COALESCE(s.blocked, false) OR COALESCE(m.unsubscribed, false)        AS is_opted_out,
       p.active                                                             AS is_active,
       into_party.code                                                      AS replaced_by,
       GREATEST(p.create_date, p.write_date, aa.changed_at, c.changed_at, g.changed_at, b.since,
                s.changed_at, m.changed_at)                                 AS changed_at
FROM party_party p
LEFT JOIN party_party into_party ON into_party.id = p.replaced_by
LEFT JOIN buyer b ON b.party = COALESCE(p.replaced_by, p.id)
LEFT JOIN grouped g ON g.party = p.id
LEFT JOIN addresses aa ON aa.party = p.id
LEFT JOIN LATERAL (
  SELECT * FROM party_address x WHERE x.party = p.id AND x.active ORDER BY x.sequence NULLS FIRST, x.id LIMIT 1
) a ON true
LEFT JOIN country_country y ON y.id = a.country
LEFT JOIN contacts c ON c.party = p.id
LEFT JOIN scenario s ON s.record = 'party.party,' || p.id
LEFT JOIN mailing m ON m.email = lower(c.email)
WHERE p.id NOT IN (SELECT party FROM company_company)
  AND (b.party IS NOT NULL
       OR g.buys AND COALESCE(p.replaced_by, p.id) NOT IN (SELECT party FROM seller))
