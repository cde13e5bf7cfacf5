SELECT * FROM sales_line
