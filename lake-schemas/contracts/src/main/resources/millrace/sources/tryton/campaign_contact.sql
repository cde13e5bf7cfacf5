SELECT _row,
       campaign_code, customer_code, contacted_at, channel, content
FROM campaign_contact
