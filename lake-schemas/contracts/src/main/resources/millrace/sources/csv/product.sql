SELECT * FROM product
