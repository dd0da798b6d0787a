// The collections in docs/export.md, made from records/collections.ts: node scripts/docs/collections.ts writes them, a test holds the two equal.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COLLECTIONS, fieldsOf } from "../../records/collections.ts";
import { ROOT } from "../local/bundle.ts";
import { table } from "../scale/table.ts";
import { withMade } from "./made.ts";

export const EXPORT_PAGE = join(ROOT, "docs/export.md");

/** A field as the page shows it: its name, `?` where it may be null, its form unless it is text. */
const shown = ({ field, form, optional }: ReturnType<typeof fieldsOf>[number]): string =>
  `\`${field}${optional ? "?" : ""}\`${form === "string" ? "" : ` ${form}`}`;

const collections = (): string =>
  table(
    ["file", "key", "fields (text unless said; ? may be null)"],
    COLLECTIONS.map((one) => [
      `\`${one.name}.jsonl\``,
      one.key.map(({ field }) => `\`${field}\``).join(", "),
      fieldsOf(one).map(shown).join(", "),
    ]),
  );

export const exportPage = (page: string): string => withMade(page, { collections });

if (process.argv[1] === import.meta.filename) writeFileSync(EXPORT_PAGE, exportPage(readFileSync(EXPORT_PAGE, "utf8")));
