SELECT * FROM reorder_rule
