-- E-mails that a marketing scenario has sent, to a party or about a sale. With which probability somebody was chosen,
-- and what a contact cost, the ERP does not know.
SELECT ra.id                                    AS src_id,
       sc.name                                  AS campaign_code,
       party.code                               AS customer_code,
       ra.at                                    AS contacted_at,
       'email'                                  AS channel,
       COALESCE(act.email_title, act.name)      AS content,
       GREATEST(ra.create_date, ra.write_date)  AS changed_at
FROM marketing_automation_record_activity ra
JOIN marketing_automation_activity act ON act.id = ra.activity
JOIN marketing_automation_record r ON r.id = ra.record
JOIN marketing_automation_scenario sc ON sc.id = r.scenario
LEFT JOIN sale_sale s ON r.record = 'sale.sale,' || s.id
LEFT JOIN party_party party ON party.id = s.party OR r.record = 'party.party,' || party.id
WHERE ra.state = 'done' AND act.action = 'send_email'
