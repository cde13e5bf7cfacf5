SELECT * FROM stock_move
