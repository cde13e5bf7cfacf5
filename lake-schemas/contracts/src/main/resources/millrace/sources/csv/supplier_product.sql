SELECT * FROM supplier_product
