// The table of markets in docs/where-it-runs.md, made from domain/market.ts: node scripts/docs/markets.ts writes it, a test holds the two equal.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARKETS, type Placement } from "../../domain/market.ts";
import { ROOT } from "../local/bundle.ts";
import { table } from "../scale/table.ts";
import { withMade } from "./made.ts";

export const MARKETS_PAGE = join(ROOT, "docs/where-it-runs.md");

/** Markets that are members of the European Union. */
const EU = ["AT", "BE", "CZ", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "LT", "NL", "PL", "PT", "SE"];

/** D1 and R2 take six of the nine hints; the nearest of them for the others. */
const NEAREST: { [placement in Placement]?: string } = { sam: "enam", afr: "weur", me: "eeur" };

const names = new Intl.DisplayNames("en", { type: "region" });

function jurisdictionOf(code: string): string {
  if (EU.includes(code)) return "`eu`";
  return code === "US" ? "`us`, `fedramp`" : "none";
}

function markets(): string {
  const rows = Object.entries(MARKETS).map(
    ([
      code,
      {
        currency,
        language,
        alcoholAge,
        timeZones: [zone, ...more],
        placement,
      },
    ]) => [
      `${code} ${names.of(code)}`,
      currency,
      language,
      alcoholAge === null ? "not sold" : String(alcoholAge),
      more.length ? `${zone} and ${more.length} more` : zone,
      `\`${placement}\``,
      `\`${NEAREST[placement] ?? placement}\``,
      jurisdictionOf(code),
    ],
  );
  return table(["market", "currency", "language", "spirits from", "time zone", "objects", "D1, R2", "can be bound to"], rows);
}

export const marketsPage = (page: string): string => withMade(page, { markets });

if (process.argv[1] === import.meta.filename) writeFileSync(MARKETS_PAGE, marketsPage(readFileSync(MARKETS_PAGE, "utf8")));
