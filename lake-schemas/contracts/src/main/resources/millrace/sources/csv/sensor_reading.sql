SELECT * FROM sensor_reading
