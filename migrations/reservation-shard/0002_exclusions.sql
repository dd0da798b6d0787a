-- What the session's operators have excluded in this shard, as the session object last said it: u32 place, u8 reason, u8 whether it stands.
CREATE TABLE excluded (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, rows BLOB NOT NULL) STRICT;
