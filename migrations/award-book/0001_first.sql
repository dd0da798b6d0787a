CREATE TABLE book (id INTEGER PRIMARY KEY CHECK (id = 1), plan TEXT NOT NULL) STRICT;

-- A pool's ranking once drawn: `ranks` holds the leaf hashes of winners and waitlist in rank order, 32 bytes each.
CREATE TABLE pools (
  pool INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  store TEXT NOT NULL,
  stock INTEGER NOT NULL,
  awarded INTEGER NOT NULL,
  ranks BLOB NOT NULL
) STRICT;

CREATE TABLE waves (no INTEGER PRIMARY KEY, pay_by INTEGER NOT NULL, pickup_until INTEGER NOT NULL) STRICT;

CREATE TABLE awards (
  pool INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  lh BLOB NOT NULL,
  wave INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'paid', 'lapsed')),
  version INTEGER NOT NULL,
  order_id TEXT,
  member TEXT,
  paid_at INTEGER,
  lapsed_in INTEGER,
  cause INTEGER,
  PRIMARY KEY (pool, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (seq INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
