-- `at`: when an event was written, in milliseconds since 1970; 0 for those from before it was noted. An event that D1 did not take alone is
-- set aside: `tries` counts how often, `due` says when it is tried again. The index holds only those.
ALTER TABLE outbox ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_aside ON outbox (due) WHERE tries > 0;
