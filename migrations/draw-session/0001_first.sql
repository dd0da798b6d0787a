-- One row: where the session stands. `plan` and `progress` are JSON.
CREATE TABLE session (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  plan TEXT NOT NULL
) STRICT;

-- The allotment, packed as pool bodies of draw1, in parts below the 2 MB of a row.
CREATE TABLE allotment (part INTEGER PRIMARY KEY, bodies BLOB NOT NULL) STRICT;

-- What was fixed once and never changes: manifest, rules, seal, beacon, result, void, settled. Only ever inserted.
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE waves (
  no INTEGER PRIMARY KEY,
  object TEXT NOT NULL,
  pickup_until INTEGER NOT NULL,
  final INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (seq INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
