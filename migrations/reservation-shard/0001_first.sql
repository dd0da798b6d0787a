-- The session's plan as this shard needs it, given once on announcing.
CREATE TABLE plan (id INTEGER PRIMARY KEY CHECK (id = 1), plan TEXT NOT NULL, pools BLOB NOT NULL, voided INTEGER NOT NULL) STRICT;

-- One flush = one row = one signature. `bodies` are the entries' public bodies (46 bytes each, as published), `secrets` pid and
-- encrypted nonce (64 bytes each), never published.
CREATE TABLE groups (first INTEGER PRIMARY KEY, s INTEGER NOT NULL, bodies BLOB NOT NULL, secrets BLOB NOT NULL) STRICT;

CREATE TABLE withdrawals (place INTEGER PRIMARY KEY, s INTEGER NOT NULL) STRICT;

-- Set once, after close and grace: from then on nothing is appended.
CREATE TABLE fixed (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL, root BLOB NOT NULL) STRICT;
