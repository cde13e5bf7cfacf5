SELECT * FROM shipment
