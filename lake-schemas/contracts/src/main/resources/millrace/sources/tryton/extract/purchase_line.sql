-- Lines of confirmed purchases, in the product's stock unit, with what came of them: the movements from the supplier (or
-- back to it) whose origin is the line. Day of receipt: of the last one, once no movement is outstanding.
-- Promised day: of the line, else of the order, else planned for the movements, else order date + lead time. The ERP does
-- not keep the last one; the lead time is that of the night on which the line was read last.
WITH receipt AS (
  SELECT CAST(split_part(m.origin, ',', 2) AS integer)                              AS line,
         sum(CASE WHEN m.state <> 'done' THEN 0
                  WHEN f.type = 'supplier' THEN m.internal_quantity
                  ELSE -m.internal_quantity END)                                    AS quantity,
         max(m.effective_date) FILTER (WHERE m.state = 'done')                      AS last_date,
         bool_or(m.state IN ('draft', 'assigned', 'staging'))                       AS outstanding,
         min(m.planned_date)                                                        AS planned_date,
         max(GREATEST(m.create_date, m.write_date))                                 AS changed_at
  FROM stock_move m
  JOIN stock_location f ON f.id = m.from_location
  WHERE m.origin LIKE 'purchase.line,%' AND m.state <> 'cancelled'
  GROUP BY 1
)
SELECT l.id                                                                        AS src_id,
       h.number                                                                    AS order_no,
       COALESCE(h.purchase_date, CAST(h.create_date AS date))                      AS order_date,
       party.code                                                                  AS supplier_code,
       CASE WHEN p.id IS NOT NULL
            THEN COALESCE(NULLIF(p.code, ''), 'id-' || p.id) END                   AS product_code,
       CASE WHEN w.id IS NOT NULL
            THEN COALESCE(NULLIF(w.code, ''), 'id-' || w.id) END                   AS site_code,
       CAST(l.quantity * COALESCE(u.factor / du.factor, 1) AS numeric(18,3))       AS quantity,
       CAST(COALESCE(r.quantity, 0) AS numeric(18,3))                              AS received_quantity,
       CAST(l.unit_price * CAST(COALESCE(du.factor / u.factor, 1) AS numeric) AS numeric(18,4)) AS unit_price,
       ROUND(CAST(l.quantity AS numeric) * l.unit_price, cur.digits)               AS amount,
       cur.code                                                                    AS currency,
       COALESCE(CASE WHEN l.delivery_date_edit THEN l.delivery_date_store END,
                h.delivery_date,
                r.planned_date,
                CAST(h.purchase_date + ps.lead_time AS date))                      AS promised_date,
       CASE WHEN NOT r.outstanding THEN r.last_date END                            AS received_date,
       h.state,
       h.shipment_state,
       GREATEST(l.create_date, l.write_date, h.create_date, h.write_date, r.changed_at) AS changed_at
FROM purchase_line l
JOIN purchase_purchase h ON h.id = l.purchase
JOIN party_party party ON party.id = h.party
JOIN currency_currency cur ON cur.id = h.currency
LEFT JOIN stock_location w ON w.id = h.warehouse
LEFT JOIN product_product p ON p.id = l.product
LEFT JOIN product_template t ON t.id = p.template
LEFT JOIN product_uom u ON u.id = l.unit
LEFT JOIN product_uom du ON du.id = t.default_uom
LEFT JOIN purchase_product_supplier ps ON ps.id = l.product_supplier
LEFT JOIN receipt r ON r.line = l.id
WHERE l.type = 'line'
  AND h.state IN ('confirmed', 'processing', 'done', 'cancelled')
  AND h.number IS NOT NULL
