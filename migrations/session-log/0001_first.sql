-- The log, entry by entry. `name` is session/type or session/wave/no: whoever appends an entry again finds the first.
CREATE TABLE entries (at INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;

-- Hashes of the full subtrees, leaves at level 0 (RFC 6962).
CREATE TABLE nodes (level INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, at)) STRICT, WITHOUT ROWID;

-- Every checkpoint that was signed, as a note with the cosignatures that it has so far.
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;

-- The size of the last checkpoint that each witness cosigned, as far as we heard.
CREATE TABLE witnesses (key TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;
