-- What one unit of the company's currency is worth in another one from a day on. The ERP keeps rates of all currencies to one reference, whose own
-- rate is 1; the company may reckon in any of them.
SELECT r.id                                                                    AS src_id,
       own.code                                                                AS from_currency,
       cur.code                                                                AS to_currency,
       r.date                                                                  AS rate_date,
       ROUND(r.rate / COALESCE(own_rate.rate, 1), 12)                          AS rate,
       GREATEST(r.create_date, r.write_date)                                   AS changed_at
FROM currency_currency_rate r
JOIN currency_currency cur ON cur.id = r.currency
JOIN currency_currency own ON own.id = (SELECT currency FROM company_company ORDER BY id LIMIT 1)
LEFT JOIN LATERAL (
  SELECT x.rate FROM currency_currency_rate x
  WHERE x.currency = own.id AND x.date <= r.date AND x.rate > 0
  ORDER BY x.date DESC LIMIT 1
) own_rate ON true
WHERE cur.id <> own.id
  AND r.rate > 0
