-- Stores as their operators keep them. Hours become {"week": seven days from Monday, "dates": exceptions}, each a text such as
-- "10:00-13:00 14:00-20:00" or "closed"; what was one opening time for every day says the same seven times.
ALTER TABLE stores ADD COLUMN status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('planned', 'open', 'paused', 'closed'));
ALTER TABLE stores ADD COLUMN services TEXT NOT NULL DEFAULT '["pickup"]' CHECK (json_valid(services));
-- Not known, or no limit, where null.
ALTER TABLE stores ADD COLUMN pickups_per_hour INTEGER CHECK (pickups_per_hour >= 0);
ALTER TABLE stores ADD COLUMN shelf_units INTEGER CHECK (shelf_units >= 0);
ALTER TABLE stores ADD COLUMN licences TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(licences));
ALTER TABLE stores ADD COLUMN phone TEXT;
ALTER TABLE stores ADD COLUMN contact TEXT;

-- The day's text, seven times.
UPDATE stores
SET hours = '{"week":[' || rtrim(replace('.......', '.', '"' || (hours ->> 'open') || '-' || (hours ->> 'close') || '",'), ',') || '],"dates":{}}'
WHERE hours ->> 'open' IS NOT NULL;

-- A store that cannot hand over what was won there: of all units of a pool it will hand over `units`, earlier ones included. One row per SKU
-- that is concerned, at most one open per pool. Instants are Unix seconds.
CREATE TABLE incidents (
  brand TEXT NOT NULL,
  incident TEXT NOT NULL,
  sku TEXT NOT NULL,
  session TEXT NOT NULL,
  store TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('shortage', 'closure')),
  units INTEGER NOT NULL CHECK (units >= 0),
  note TEXT,
  decide_by INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (brand, incident, sku)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX incidents_open ON incidents (brand, session, sku, store) WHERE ended_at IS NULL;
CREATE INDEX incidents_of_session ON incidents (brand, session);

-- What happened in an incident, in order, and who did it. Rows are only ever inserted, each in the batch that does what it says.
CREATE TABLE incident_events (
  brand TEXT NOT NULL,
  incident TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('reported', 'ended', 'wait', 'move', 'refund')),
  order_id TEXT,
  from_store TEXT,
  to_store TEXT,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (brand, incident, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_events_of_order ON incident_events (brand, order_id);
