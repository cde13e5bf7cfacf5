-- One row for each supplier and variant. Conditions of the variant go before those of the whole template, active ones
-- before others, then in the ERP's own order. Prices are for one purchase unit and are converted to the stock unit.
-- Of several prices by quantity the one for the smallest quantity counts. The ERP stores no minimum. Orders are made in
-- steps of the purchase unit, which is the pack size here.
WITH condition AS (
  SELECT DISTINCT ON (s.party, p.id)
         s.*, p.id AS variant, p.code AS variant_code, t.default_uom, t.purchase_uom,
         GREATEST(s.create_date, s.write_date, p.create_date, t.write_date) AS own_changed_at
  FROM purchase_product_supplier s
  JOIN product_template t ON t.id = s.template
  JOIN product_product p ON p.template = s.template AND (s.product IS NULL OR s.product = p.id)
  ORDER BY s.party, p.id, s.product IS NULL, s.active DESC, s.sequence NULLS FIRST, s.id
), price AS (
  SELECT product_supplier,
         (array_agg(unit_price ORDER BY quantity, sequence NULLS FIRST, id))[1] AS unit_price,
         max(GREATEST(create_date, write_date))                                 AS changed_at
  FROM purchase_product_supplier_price
  GROUP BY product_supplier
), usual AS (
  SELECT party, max(supplier_lead_time) AS lead_time, max(GREATEST(create_date, write_date)) AS changed_at
  FROM party_party_supplier_lead_time
  GROUP BY party
)
SELECT s.id                                                                                       AS src_id,
       party.code                                                                                 AS supplier_code,
       COALESCE(NULLIF(s.variant_code, ''), 'id-' || s.variant)                                   AS product_code,
       ROUND(CAST(EXTRACT(epoch FROM COALESCE(s.lead_time, usual.lead_time)) AS numeric) / 86400, 4) AS lead_time_days,
       CAST(price.unit_price * CAST(du.factor / pu.factor AS numeric) AS numeric(18,4))           AS unit_price,
       cur.code                                                                                   AS currency,
       CAST(pu.rounding * pu.factor / du.factor AS numeric(18,3))                                 AS pack_size,
       row_number() OVER (PARTITION BY s.variant
                          ORDER BY s.active DESC, s.sequence NULLS FIRST, s.id)                   AS preference,
       s.active AND party.active                                                                  AS is_active,
       GREATEST(s.own_changed_at, price.changed_at, usual.changed_at, party.write_date)           AS changed_at
FROM condition s
JOIN party_party party ON party.id = s.party
JOIN product_uom du ON du.id = s.default_uom
JOIN product_uom pu ON pu.id = COALESCE(s.purchase_uom, s.default_uom)
LEFT JOIN price ON price.product_supplier = s.id
LEFT JOIN usual ON usual.party = s.party
LEFT JOIN currency_currency cur ON cur.id = s.currency
