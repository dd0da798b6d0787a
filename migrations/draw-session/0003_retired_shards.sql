-- Shards that the session looked at after it was over: deleted, or kept with the reason; a kept one is looked at again. `at` in Unix seconds.
CREATE TABLE retired (shard INTEGER PRIMARY KEY, at INTEGER NOT NULL, kept TEXT) STRICT;
