SELECT _row,
       from_currency, to_currency, rate_date, rate
FROM exchange_rate
