-- Tiers and scenes as data, SKUs with typed options, prices with effective dates, product rules, the instant of release, and the search index.

CREATE TABLE tiers (
  brand TEXT NOT NULL,
  tier TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (json_valid(name)),
  PRIMARY KEY (brand, tier)
) STRICT, WITHOUT ROWID;

CREATE TABLE scenes (
  brand TEXT NOT NULL,
  scene TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (json_valid(name)),
  PRIMARY KEY (brand, scene)
) STRICT, WITHOUT ROWID;

-- `released` is Unix seconds; NULL is "not yet, and nobody knows when". What was there before was public.
ALTER TABLE products ADD COLUMN released INTEGER DEFAULT 0;
ALTER TABLE products ADD COLUMN scenes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(scenes));
ALTER TABLE products ADD COLUMN cold_pickup_s INTEGER CHECK (cold_pickup_s > 0);
ALTER TABLE products ADD COLUMN limits TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(limits));
ALTER TABLE products ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE skus ADD COLUMN options TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(options));
UPDATE skus SET options = json_array(json_object('axis', 'size', 'value', json(size)));
ALTER TABLE skus DROP COLUMN size;

-- A price holds from `from_s` until just before `until_s`, Unix seconds. Prices of one SKU in one market never overlap: domain/catalog/price.ts.
CREATE TABLE dated_prices (
  brand TEXT NOT NULL,
  sku TEXT NOT NULL,
  market TEXT NOT NULL,
  from_s INTEGER NOT NULL DEFAULT 0,
  until_s INTEGER,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (brand, sku, market, from_s),
  CHECK (until_s > from_s)
) STRICT, WITHOUT ROWID;
INSERT INTO dated_prices (brand, sku, market, currency, amount_minor) SELECT brand, sku, market, currency, amount_minor FROM prices;
DROP TABLE prices;
ALTER TABLE dated_prices RENAME TO prices;

-- `words` is split by SQLite at spaces, `pairs` holds two-character words made in domain/catalog/search.ts: Chinese and Japanese have no spaces,
-- and SQLite's own trigrams find nothing for a word of two characters.
CREATE VIRTUAL TABLE product_texts USING fts5(brand UNINDEXED, product UNINDEXED, words, pairs, tokenize = 'unicode61 remove_diacritics 2');
