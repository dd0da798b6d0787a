-- One row per person and session that a pass was issued for, while what came of it may still count. `results` says it per product family
-- as JSON, once the session's result stands in the log at `at`; NULL until then. `draw_at` and `until` are Unix seconds.
CREATE TABLE passes (
  person BLOB NOT NULL,
  session TEXT NOT NULL,
  until INTEGER NOT NULL,
  at INTEGER,
  draw_at INTEGER,
  results TEXT,
  PRIMARY KEY (person, session)
) STRICT, WITHOUT ROWID;
