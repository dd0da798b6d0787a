-- Every checkpoint of the log that was cosigned, as a note with the log's signature and ours. The largest is where the witness stands.
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL, line TEXT NOT NULL) STRICT;

-- A copy of the log's entries, fetched after the checkpoint was cosigned. `name` is what the log calls it: session/type and so on.
CREATE TABLE entries (at INTEGER PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE INDEX entries_by_name ON entries (name);
CREATE TABLE nodes (level INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, at)) STRICT, WITHOUT ROWID;
-- How many of them are known to be the cosigned ones.
CREATE TABLE copy (id INTEGER PRIMARY KEY CHECK (id = 1), verified INTEGER NOT NULL) STRICT;

-- Complaints: "I have a receipt that is not in the log". `text` and `contact` are for whoever runs the witness and are never listed.
CREATE TABLE complaints (
  leaf TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  receipt TEXT NOT NULL,
  text TEXT NOT NULL,
  contact TEXT NOT NULL,
  received INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX complaints_by_session ON complaints (session, received);
