-- What goes into the session log, in this order. `signed` are the witnesses of the manifest that have cosigned in time, as a JSON list of
-- their places; `proof` is the text that shows the entry with its quorum; `late` says that the quorum was not there before `before`.
CREATE TABLE log_entries (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  bytes BLOB NOT NULL,
  before INTEGER,
  at INTEGER,
  signed TEXT NOT NULL DEFAULT '[]',
  proof TEXT,
  late INTEGER NOT NULL DEFAULT 0,
  published INTEGER NOT NULL DEFAULT 0
) STRICT;
