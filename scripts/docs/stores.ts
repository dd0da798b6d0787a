// The table of columns in docs/stores.md, made from what the import reads: node scripts/docs/stores.ts writes it into the page, a test holds the
// two equal. What stands between the marks is made; the rest of the page is written by hand.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STORE_COLUMN_NAMES, STORE_COLUMNS } from "../../contracts/store-csv.ts";
import { ROOT } from "../local/bundle.ts";

export const STORES_PAGE = join(ROOT, "docs/stores.md");

const MARKS = /<!-- made: columns -->[\s\S]*?<!-- end -->/;

const columns = (): string =>
  [
    "| column | needs | example | reason when refused |",
    "| --- | --- | --- | --- |",
    ...STORE_COLUMN_NAMES.map((name) => {
      const column = STORE_COLUMNS[name];
      const needs = "optional" in column ? `${column.needs}; may be empty` : column.needs;
      return `| \`${name}\` | ${needs} | ${column.example} | \`${column.reason}\` |`;
    }),
  ].join("\n");

export const storesPage = (page: string): string =>
  page.replace(MARKS, () => `<!-- made: columns -->\n\n${columns()}\n\n<!-- end -->`);

if (process.argv[1] === import.meta.filename) writeFileSync(STORES_PAGE, storesPage(readFileSync(STORES_PAGE, "utf8")));
