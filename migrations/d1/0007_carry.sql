-- A session's plan as its operator posted it: what export carries of a session that is no more than a draft here.
CREATE TABLE plans (
  brand TEXT NOT NULL,
  session TEXT NOT NULL,
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  PRIMARY KEY (brand, session)
) STRICT, WITHOUT ROWID;

-- An import under way, a row per collection; nothing once it is finished. `export` is the hash of the manifest that is imported, `fields` what
-- its rows have.
CREATE TABLE imports (
  brand TEXT NOT NULL,
  collection TEXT NOT NULL,
  export TEXT NOT NULL,
  rows INTEGER NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
  PRIMARY KEY (brand, collection)
) STRICT, WITHOUT ROWID;

-- Rows that have arrived, until their collection is whole and moves to its table in one transaction.
CREATE TABLE import_rows (
  brand TEXT NOT NULL,
  collection TEXT NOT NULL,
  at INTEGER NOT NULL,
  line TEXT NOT NULL CHECK (json_valid(line)),
  PRIMARY KEY (brand, collection, at)
) STRICT, WITHOUT ROWID;
