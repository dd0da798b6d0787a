-- Templates: every version stays, the highest is the one that counts. `body` is the template as it was sent, instants are Unix seconds.
CREATE TABLE templates (
  brand TEXT NOT NULL,
  template TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (brand, template, version)
) STRICT, WITHOUT ROWID;

-- Which template drafted a session, and for which day.
CREATE TABLE occurrences (
  brand TEXT NOT NULL,
  session TEXT NOT NULL,
  template TEXT NOT NULL,
  version INTEGER NOT NULL,
  date TEXT NOT NULL,
  PRIMARY KEY (brand, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrences_of_template ON occurrences (brand, template, date);

-- What a session holds of a stock: one row for each of its SKUs, with the stores that have units. 105,600 pools are 48 rows.
CREATE TABLE claims (
  brand TEXT NOT NULL,
  session TEXT NOT NULL,
  sku TEXT NOT NULL,
  stock TEXT NOT NULL,
  open INTEGER NOT NULL,
  close INTEGER NOT NULL,
  stores TEXT NOT NULL CHECK (json_valid(stores)),
  PRIMARY KEY (brand, session, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_of_stock ON claims (brand, stock, sku, close);
