-- What a draft was, version by version: who changed it, when (Unix seconds), and to what. JSON: a plan, or how many pools and units by which root.
CREATE TABLE versions (
  no INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- What was said in public about the session after it was announced: the numbers of bulletins that stand in the log.
CREATE TABLE bulletins (no INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, text TEXT NOT NULL) STRICT;
