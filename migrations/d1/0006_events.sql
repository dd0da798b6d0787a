-- What happened, in order: the event feed. Triggers write it, so a row is there exactly when the change it speaks of is, whoever makes the
-- change, and a change that is applied twice makes one. `seq` is the cursor: D1 commits one transaction after the other, so nothing ever
-- appears below a number that was already read. AUTOINCREMENT: a number that was deleted is not given again.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  brand TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  -- What it is about: a receiver gets the events of one entity in order.
  entity TEXT NOT NULL,
  at INTEGER NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data))
) STRICT;

CREATE TRIGGER events_of_new_sessions AFTER INSERT ON sessions WHEN new.line IS NOT NULL AND new.state <> 'draft'
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'session.' || new.state, 'session/' || new.session, unixepoch(),
    json_object('session', new.session, 'state', new.state, 'version', new.version, 'waves', json_array_length(new.line, '$.waves')));
END;

CREATE TRIGGER events_of_sessions AFTER UPDATE ON sessions
WHEN new.state <> old.state OR json_array_length(new.line, '$.waves') > json_array_length(old.line, '$.waves')
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'session.' || iif(new.state = old.state, 'wave', new.state), 'session/' || new.session,
    unixepoch(),
    json_object('session', new.session, 'state', new.state, 'version', new.version, 'waves', json_array_length(new.line, '$.waves')));
END;

CREATE TRIGGER events_of_new_orders AFTER INSERT ON orders
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'order.' || new.state, 'order/' || new.order_id, unixepoch(),
    json_object('order', new.order_id, 'state', new.state, 'session', new.session, 'pool', new.pool, 'sku', new.sku, 'store', new.store,
      'member', new.member));
END;

CREATE TRIGGER events_of_orders AFTER UPDATE OF state ON orders WHEN new.state <> old.state
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'order.' || new.state, 'order/' || new.order_id, unixepoch(),
    json_object('order', new.order_id, 'state', new.state, 'session', new.session, 'pool', new.pool, 'sku', new.sku, 'store', new.store,
      'member', new.member));
END;

CREATE TRIGGER events_of_deliveries AFTER INSERT ON deliveries
BEGIN
  INSERT INTO events (brand, id, type, entity, at, data)
  VALUES (new.brand, lower(hex(randomblob(16))), 'delivery.received', 'delivery/' || new.store || '/' || new.delivery, unixepoch(),
    json_object('delivery', new.delivery, 'store', new.store, 'session', new.session, 'sku', new.sku, 'units', new.units));
END;

-- Where events are sent to. The secret is not here: it follows from the operator secret `kid`, the id and the generation.
CREATE TABLE webhooks (
  brand TEXT NOT NULL,
  webhook TEXT NOT NULL,
  url TEXT NOT NULL,
  -- A JSON array of event types; NULL for all.
  types TEXT CHECK (types IS NULL OR json_valid(types)),
  kid TEXT NOT NULL,
  generation INTEGER NOT NULL DEFAULT 1,
  -- After a change of the secret both sign until this second.
  previous_kid TEXT,
  previous_until INTEGER,
  state TEXT NOT NULL DEFAULT 'enabled' CHECK (state IN ('enabled', 'disabled')),
  -- Why it is disabled: operator, failing or gone.
  why TEXT,
  created_at INTEGER NOT NULL,
  -- Only what happened after this event is sent.
  start_after INTEGER NOT NULL,
  PRIMARY KEY (brand, webhook)
) STRICT, WITHOUT ROWID;
