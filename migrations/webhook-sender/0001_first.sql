-- How far one webhook has come in the feed, and what it has read and not delivered yet.
CREATE TABLE sender (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  webhook TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  -- Rounds in a row in which the receiver took nothing; since when; and until when it is left alone.
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER,
  paused_until INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pending (
  seq INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  entity TEXT NOT NULL,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL
) STRICT;

CREATE INDEX pending_of_entity ON pending (entity, seq);

-- Given up; the feed still has it for a while.
CREATE TABLE dead (
  seq INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;
