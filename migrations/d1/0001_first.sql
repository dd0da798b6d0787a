-- Catalogue, sessions as the public lists them, orders and pickups. `brand` is a column everywhere, so that a second brand needs no migration.

CREATE TABLE products (
  brand TEXT NOT NULL,
  product TEXT NOT NULL,
  tier TEXT NOT NULL,
  family TEXT NOT NULL,
  alcohol INTEGER NOT NULL CHECK (alcohol IN (0, 1)),
  name TEXT NOT NULL CHECK (json_valid(name)),
  story TEXT NOT NULL CHECK (json_valid(story)),
  PRIMARY KEY (brand, product)
) STRICT, WITHOUT ROWID;

CREATE TABLE skus (
  brand TEXT NOT NULL,
  sku TEXT NOT NULL,
  product TEXT NOT NULL,
  size TEXT NOT NULL CHECK (json_valid(size)),
  gtin TEXT,
  PRIMARY KEY (brand, sku)
) STRICT, WITHOUT ROWID;

CREATE TABLE prices (
  brand TEXT NOT NULL,
  sku TEXT NOT NULL,
  market TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (brand, sku, market)
) STRICT, WITHOUT ROWID;

CREATE TABLE stores (
  brand TEXT NOT NULL,
  store TEXT NOT NULL,
  market TEXT NOT NULL,
  province TEXT NOT NULL CHECK (json_valid(province)),
  city TEXT NOT NULL CHECK (json_valid(city)),
  name TEXT NOT NULL CHECK (json_valid(name)),
  address TEXT NOT NULL CHECK (json_valid(address)),
  lat REAL NOT NULL CHECK (lat BETWEEN -90 AND 90),
  lng REAL NOT NULL CHECK (lng BETWEEN -180 AND 180),
  time_zone TEXT NOT NULL,
  hours TEXT NOT NULL CHECK (json_valid(hours)),
  PRIMARY KEY (brand, store)
) STRICT, WITHOUT ROWID;

-- One row per session id that an operator has used; the session object is the authority, this is what lists and look-ups read.
CREATE TABLE sessions (
  brand TEXT NOT NULL,
  session TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  open INTEGER NOT NULL,
  line TEXT CHECK (line IS NULL OR json_valid(line)),
  PRIMARY KEY (brand, session)
) STRICT, WITHOUT ROWID;

-- Until `paid` a copy of what the award book decided; from then on the authority. Instants are Unix seconds.
CREATE TABLE orders (
  brand TEXT NOT NULL,
  order_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'paid', 'ready', 'collected', 'lapsed', 'refunded')),
  session TEXT NOT NULL,
  pool INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  sku TEXT NOT NULL,
  store TEXT NOT NULL,
  member TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  currency TEXT NOT NULL,
  pay_by INTEGER NOT NULL,
  pickup_until INTEGER NOT NULL,
  paid_at INTEGER,
  collected_at INTEGER,
  collected_by TEXT,
  serial TEXT,
  code_tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (brand, order_id),
  CHECK ((state = 'collected') = (collected_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- A store reads its own orders and looks one up by its last characters; a member reads theirs.
CREATE INDEX orders_of_store ON orders (brand, store, session, pool);
CREATE INDEX orders_of_member ON orders (brand, member);

-- Units that arrived at a store for a pool. The same delivery id again changes nothing.
CREATE TABLE deliveries (
  brand TEXT NOT NULL,
  store TEXT NOT NULL,
  delivery TEXT NOT NULL,
  session TEXT NOT NULL,
  sku TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units > 0),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (brand, store, delivery)
) STRICT, WITHOUT ROWID;

-- One physical unit, named by its serial within the SKU, at its hand-over.
CREATE TABLE items (
  brand TEXT NOT NULL,
  sku TEXT NOT NULL,
  serial TEXT NOT NULL,
  order_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (brand, sku, serial)
) STRICT, WITHOUT ROWID;
