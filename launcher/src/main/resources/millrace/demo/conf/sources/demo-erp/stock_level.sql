SELECT * FROM stock_level
