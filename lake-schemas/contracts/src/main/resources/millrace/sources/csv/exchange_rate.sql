SELECT * FROM exchange_rate
