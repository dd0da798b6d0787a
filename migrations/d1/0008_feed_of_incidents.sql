-- The feed tells of incidents and of orders that moved to another store. And it no longer tells of rows that an import brings: they happened
-- elsewhere, and were told there. A collection is being imported until its line in `imports` is done.
DROP TRIGGER events_of_new_sessions;
DROP TRIGGER events_of_new_orders;
DROP TRIGGER events_of_deliveries;

CREATE TRIGGER events_of_new_sessions AFTER INSERT ON sessions
WHEN new.line IS NOT NULL AND new.state <> 'draft'
  AND NOT EXISTS (SELECT 1 FROM imports WHERE brand = new.brand AND collection = 'sessions' AND done = 0)
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'session.' || new.state, 'session/' || new.session, unixepoch(),
    json_object('session', new.session, 'state', new.state, 'version', new.version, 'waves', json_array_length(new.line, '$.waves')));
END;

CREATE TRIGGER events_of_new_orders AFTER INSERT ON orders
WHEN NOT EXISTS (SELECT 1 FROM imports WHERE brand = new.brand AND collection = 'orders' AND done = 0)
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'order.' || new.state, 'order/' || new.order_id, unixepoch(),
    json_object('order', new.order_id, 'state', new.state, 'session', new.session, 'pool', new.pool, 'sku', new.sku, 'store', new.store,
      'member', new.member));
END;

-- The state stays what it is; where the order is collected does not.
CREATE TRIGGER events_of_moved_orders AFTER UPDATE OF store ON orders WHEN new.store <> old.store
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'order.moved', 'order/' || new.order_id, unixepoch(),
    json_object('order', new.order_id, 'state', new.state, 'session', new.session, 'pool', new.pool, 'sku', new.sku, 'store', new.store,
      'member', new.member));
END;

CREATE TRIGGER events_of_deliveries AFTER INSERT ON deliveries
WHEN NOT EXISTS (SELECT 1 FROM imports WHERE brand = new.brand AND collection = 'deliveries' AND done = 0)
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'delivery.received', 'delivery/' || new.store || '/' || new.delivery, unixepoch(),
    json_object('delivery', new.delivery, 'store', new.store, 'session', new.session, 'sku', new.sku, 'units', new.units));
END;

CREATE TRIGGER events_of_incidents AFTER INSERT ON incident_events
WHEN new.event IN ('reported', 'ended')
  AND NOT EXISTS (SELECT 1 FROM imports WHERE brand = new.brand AND collection = 'incident_events' AND done = 0)
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  SELECT new.brand, lower(hex(randomblob(16))), 'incident.' || new.event, 'incident/' || new.incident, unixepoch(),
    json_object('incident', new.incident, 'kind', i.kind, 'session', i.session, 'store', i.store,
      'skus', json((SELECT json_group_array(json_object('sku', s.sku, 'units', s.units)) FROM incidents AS s
        WHERE s.brand = new.brand AND s.incident = new.incident)))
  FROM incidents AS i WHERE i.brand = new.brand AND i.incident = new.incident LIMIT 1;
END;

-- `to` is there only where the order moves.
CREATE TRIGGER events_of_choices AFTER INSERT ON incident_events
WHEN new.event IN ('wait', 'move', 'refund')
  AND NOT EXISTS (SELECT 1 FROM imports WHERE brand = new.brand AND collection = 'incident_events' AND done = 0)
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  SELECT new.brand, lower(hex(randomblob(16))), 'incident.chosen', 'incident/' || new.incident, unixepoch(),
    json_patch(json_object('incident', new.incident, 'kind', i.kind, 'session', i.session, 'store', i.store, 'order', new.order_id,
      'choice', new.event), json_object('to', new.to_store))
  FROM incidents AS i WHERE i.brand = new.brand AND i.incident = new.incident LIMIT 1;
END;
