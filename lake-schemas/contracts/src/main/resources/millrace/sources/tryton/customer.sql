SELECT _row,
       customer_code, name, email, phone, street, postal_code, city, country, category,
       created_on, is_opted_out, is_active, replaced_by
FROM customer
