-- What operators propose before the seal, and who confirmed or dropped it: nothing counts that a second operator has not confirmed. `rows` of
-- exclusions are packed, 7 bytes each, those of decisions are JSON. `id` is the operator's own. Instants are Unix seconds.
CREATE TABLE proposals (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('exclusions', 'decisions')),
  rows BLOB NOT NULL,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'dropped')),
  closed_by TEXT,
  closed_at INTEGER
) STRICT;

-- One appeal per place. `granted` is set once a decision is confirmed.
CREATE TABLE appeals (
  shard INTEGER NOT NULL,
  place INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  granted INTEGER,
  answer TEXT,
  decided_at INTEGER,
  PRIMARY KEY (shard, place)
) STRICT, WITHOUT ROWID;

-- Shards that have yet to hear what stands since the proposal `version` was confirmed; -1 is the file that everybody can read.
CREATE TABLE untold (shard INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;
