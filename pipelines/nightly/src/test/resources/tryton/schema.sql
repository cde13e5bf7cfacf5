-- The tables and columns of Tryton that Millrace reads, and a small company in them.
-- Every table also gets create_date and write_date below, the latter empty until the first update, as in the ERP.
CREATE TABLE country_country (id int PRIMARY KEY, code varchar);
CREATE TABLE currency_currency (id int PRIMARY KEY, code varchar, digits int);
CREATE TABLE currency_currency_rate (id int PRIMARY KEY, currency int, date date, rate numeric);
CREATE TABLE company_company (id int PRIMARY KEY, party int, currency int);
CREATE TABLE party_party (id int PRIMARY KEY, code varchar, name varchar, active boolean DEFAULT true, replaced_by int);
CREATE TABLE party_address (id serial PRIMARY KEY, party int, street varchar, postal_code varchar, city varchar, country int, sequence int, active boolean DEFAULT true);
CREATE TABLE party_contact_mechanism (id serial PRIMARY KEY, party int, type varchar, value varchar, sequence int, active boolean DEFAULT true);
CREATE TABLE party_category (id int PRIMARY KEY, name varchar);
CREATE TABLE party_category_rel (id serial PRIMARY KEY, party int, category int);
CREATE TABLE party_party_supplier_lead_time (id serial PRIMARY KEY, party int, supplier_lead_time interval);
CREATE TABLE marketing_email (id serial PRIMARY KEY, email varchar, active boolean DEFAULT true);
CREATE TABLE marketing_automation_scenario (id int PRIMARY KEY, name varchar);
CREATE TABLE marketing_automation_activity (id int PRIMARY KEY, name varchar, action varchar, email_title varchar);
CREATE TABLE marketing_automation_record (id serial PRIMARY KEY, scenario int, record varchar, blocked boolean);
CREATE TABLE marketing_automation_record_activity (id serial PRIMARY KEY, record int, activity int, state varchar, at timestamp(6));
CREATE TABLE product_uom (id int PRIMARY KEY, symbol varchar, factor float8, rounding float8);
CREATE TABLE product_category (id int PRIMARY KEY, name varchar);
CREATE TABLE product_template (id int PRIMARY KEY, name varchar, type varchar DEFAULT 'goods', consumable boolean, default_uom int DEFAULT 1, purchase_uom int DEFAULT 1, active boolean DEFAULT true, purchasable boolean DEFAULT true);
CREATE TABLE product_product (id int PRIMARY KEY, template int, code varchar, active boolean DEFAULT true);
CREATE TABLE product_list_price (id serial PRIMARY KEY, template int, company int DEFAULT 1, list_price numeric);
CREATE TABLE product_cost_price (id serial PRIMARY KEY, product int, company int DEFAULT 1, cost_price numeric);
CREATE TABLE "product_template-product_category" (id serial PRIMARY KEY, template int, category int);
CREATE TABLE sale_promotion (id int PRIMARY KEY, name varchar);
CREATE TABLE sale_sale (id int PRIMARY KEY, number varchar, sale_date date, state varchar, shipment_state varchar DEFAULT 'none', party int, warehouse int DEFAULT 5, currency int DEFAULT 1);
CREATE TABLE sale_line (id int PRIMARY KEY, sale int, type varchar DEFAULT 'line', product int, quantity float8, unit int DEFAULT 1, unit_price numeric, promotion int);
CREATE TABLE purchase_purchase (id int PRIMARY KEY, number varchar, purchase_date date, delivery_date date, state varchar, shipment_state varchar DEFAULT 'none', party int, warehouse int DEFAULT 5, currency int DEFAULT 1);
CREATE TABLE purchase_line (id int PRIMARY KEY, purchase int, type varchar DEFAULT 'line', product int, quantity float8, unit int DEFAULT 1, unit_price numeric, product_supplier int, delivery_date_edit boolean, delivery_date_store date);
CREATE TABLE purchase_product_supplier (id int PRIMARY KEY, template int, product int, party int, sequence int, lead_time interval, currency int DEFAULT 1, active boolean DEFAULT true);
CREATE TABLE purchase_product_supplier_price (id serial PRIMARY KEY, product_supplier int, sequence int, quantity float8, unit_price numeric);
CREATE TABLE stock_location (id int PRIMARY KEY, code varchar, name varchar, type varchar, "left" int, "right" int, active boolean DEFAULT true);
CREATE TABLE stock_move (id int PRIMARY KEY, product int, internal_quantity float8, from_location int, to_location int, state varchar, effective_date date, planned_date date, origin varchar, shipment varchar);
CREATE TABLE stock_order_point (id int PRIMARY KEY, product int, warehouse_location int, type varchar, min_quantity float8, target_quantity float8);

DO $$ DECLARE t name; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE %I ADD create_date timestamp(6) DEFAULT TIMESTAMP ''2026-03-01 09:00:00.123456'', ADD write_date timestamp(6)', t);
  END LOOP;
END $$;

INSERT INTO country_country VALUES (1, 'NL');
INSERT INTO currency_currency VALUES (1, 'EUR', 2), (2, 'USD', 2), (3, 'CHF', 2);
-- The reference is the dollar, and the company reckons in euros.
INSERT INTO currency_currency_rate VALUES (1, 2, '2026-01-01', 1), (2, 1, '2026-01-01', 0.8), (3, 3, '2026-02-01', 0.9), (4, 1, '2026-02-15', 0.75), (5, 3, '2026-02-20', 0.9);
INSERT INTO party_party VALUES (1, '1', 'The company'), (2, '2', 'Anna "Co"; Ltd'), (3, '3', 'Bob'), (4, '4', 'Bob again'), (9, '9', 'A supplier');
INSERT INTO company_company VALUES (1, 1, 1);
INSERT INTO party_address (party, street, city, country) VALUES (2, E'1 Quay\nBack door', 'Delft', 1);
INSERT INTO party_contact_mechanism (party, type, value) VALUES (2, 'email', 'anna@example.com');
INSERT INTO party_category VALUES (1, 'Retail'), (2, 'Online');
INSERT INTO party_category_rel (party, category) VALUES (2, 1), (2, 2), (3, 1);
INSERT INTO product_uom VALUES (1, 'u', 1, 1), (2, 'dozen', 12, 1);
INSERT INTO product_template (id, name, purchase_uom, purchasable) VALUES (1, 'Bolt', 1, true), (2, 'Nut', 2, false);
INSERT INTO product_product VALUES (1, 1, 'P1'), (2, 2, NULL);
INSERT INTO product_list_price (template, list_price) VALUES (1, 10), (2, 2.5);
INSERT INTO product_cost_price (product, cost_price) VALUES (1, 6.123456), (2, 1);
INSERT INTO stock_location VALUES (5, 'WH', 'Warehouse', 'warehouse', 1, 6), (6, 'STO', 'Storage', 'storage', 2, 3),
  (7, 'OUT', 'Output', 'storage', 4, 5), (8, 'SUP', 'Supplier', 'supplier', 7, 8), (9, 'CUS', 'Customer', 'customer', 9, 10);
INSERT INTO sale_sale VALUES (1, 'S1', '2026-02-20', 'processing', 'sent', 2), (2, 'S2', '2026-02-21', 'processing', 'waiting', 3),
  (3, 'S3', '2026-02-22', 'done', 'sent', 4), (4, NULL, NULL, 'draft', 'none', 3), (5, 'S5', NULL, 'quotation', 'none', 2),
  (6, 'S6', '2026-02-25', 'confirmed', 'none', 3);
INSERT INTO sale_line (id, sale, type, product, quantity, unit, unit_price) VALUES (11, 1, 'line', 1, 3, 1, 10), (12, 1, 'line', 2, 2, 2, 30),
  (13, 1, 'comment', NULL, NULL, NULL, NULL), (14, 1, 'line', 1, -1, 1, 10), (21, 2, 'line', 1, 5, 1, 9.99), (31, 3, 'line', 1, 1, 1, 10),
  (41, 4, 'line', 1, 7, 1, 10), (51, 5, 'line', 1, 4, 1, 10), (61, 6, 'line', 2, 6, 1, 2.5);
INSERT INTO purchase_product_supplier VALUES (1, 1, NULL, 9, NULL, '5 days'), (2, 2, NULL, 9, NULL, '3 days');
INSERT INTO purchase_product_supplier_price (product_supplier, quantity, unit_price) VALUES (1, 0, 6), (1, 100, 5.5), (2, 0, 12);
INSERT INTO purchase_purchase VALUES (1, 'B1', '2026-02-01', NULL, 'processing', 'received', 9);
INSERT INTO purchase_line VALUES (1, 1, 'line', 1, 20, 1, 6, 1);
INSERT INTO stock_move VALUES (1, 1, 20, 8, 6, 'done', '2026-02-07', NULL, 'purchase.line,1'), (2, 1, 3, 6, 7, 'done', '2026-02-21', NULL, 'stock.move,3'),
  (3, 1, 3, 7, 9, 'done', '2026-02-21', NULL, 'sale.line,11'), (4, 1, 5, 7, 9, 'draft', NULL, '2026-03-05', 'sale.line,21'),
  (5, 1, 5, 6, 7, 'assigned', NULL, '2026-03-05', 'stock.move,4');
INSERT INTO stock_order_point VALUES (1, 1, 5, 'purchase', 4, 12), (2, 1, NULL, 'internal', 1, 2);
-- So that the watermark is well above the rows that change without moving a date, overlap and all.
UPDATE sale_line SET create_date = TIMESTAMP '2026-03-01 18:00:00' WHERE id = 12;
UPDATE party_party SET create_date = TIMESTAMP '2026-03-01 18:00:00' WHERE id = 2;
