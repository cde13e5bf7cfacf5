SELECT _row,
       site_code, name, site_type, is_active
FROM site
