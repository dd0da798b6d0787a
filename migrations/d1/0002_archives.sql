-- The archive's index. A row is one file of the archive bucket, written and read back, whose lines were then deleted here; `first` and
-- `last` are the keys of its first and last line, and an order whose id lies between them is in no other file. The row is inserted in
-- the batch that deletes, so that everything is either a row of its table or a line of exactly one file.
CREATE TABLE archives (
  brand TEXT NOT NULL,
  session TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('orders', 'deliveries')),
  last TEXT NOT NULL,
  first TEXT NOT NULL,
  lines INTEGER NOT NULL CHECK (lines > 0),
  sha256 TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (brand, session, kind, last)
) STRICT, WITHOUT ROWID;

-- Unix seconds; set once nothing of the session is left to archive.
ALTER TABLE sessions ADD COLUMN archived_at INTEGER;

-- Units that arrived for a pool: asked for with every payment, and for a whole session when it is archived.
CREATE INDEX deliveries_of_pool ON deliveries (brand, session, store, sku, units);
