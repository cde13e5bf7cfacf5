SELECT * FROM campaign_contact
