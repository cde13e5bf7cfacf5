SELECT * FROM purchase_line
