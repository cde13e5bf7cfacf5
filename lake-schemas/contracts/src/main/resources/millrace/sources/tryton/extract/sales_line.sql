-- Lines of confirmed sales, in the product's stock unit. A comment, a title or a subtotal is no line of goods.
SELECT l.id                                                                        AS src_id,
       s.number                                                                    AS order_no,
       COALESCE(s.sale_date, CAST(s.create_date AS date))                          AS order_date,
       party.code                                                                  AS customer_code,
       CASE WHEN p.id IS NOT NULL
            THEN COALESCE(NULLIF(p.code, ''), 'id-' || p.id) END                   AS product_code,
       CASE WHEN w.id IS NOT NULL
            THEN COALESCE(NULLIF(w.code, ''), 'id-' || w.id) END                   AS site_code,
       promotion.name                                                              AS promotion_code,
       CAST(l.quantity * COALESCE(u.factor / du.factor, 1) AS numeric(18,3))       AS quantity,
       CAST(l.unit_price * CAST(COALESCE(du.factor / u.factor, 1) AS numeric) AS numeric(18,4)) AS unit_price,
       ROUND(CAST(l.quantity AS numeric) * l.unit_price, cur.digits)               AS amount,
       cur.code                                                                    AS currency,
       s.state,
       s.shipment_state,
       GREATEST(l.create_date, l.write_date, s.create_date, s.write_date)          AS changed_at
FROM sale_line l
JOIN sale_sale s ON s.id = l.sale
JOIN party_party party ON party.id = s.party
JOIN currency_currency cur ON cur.id = s.currency
LEFT JOIN stock_location w ON w.id = s.warehouse
LEFT JOIN product_product p ON p.id = l.product
LEFT JOIN product_template t ON t.id = p.template
LEFT JOIN product_uom u ON u.id = l.unit
LEFT JOIN product_uom du ON du.id = t.default_uom
LEFT JOIN sale_promotion promotion ON promotion.id = l.promotion
WHERE l.type = 'line'
  AND s.state IN ('confirmed', 'processing', 'done', 'cancelled')
  AND s.number IS NOT NULL
