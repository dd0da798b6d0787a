// What sessions hold of a stock, and who else holds it at the same time.
import type { Claims } from "../contracts/planning.ts";
import type { Claim } from "../domain/plan/claims.ts";
import type { Records } from "./database.ts";

/** Puts a session's claims in place of its earlier ones. */
export async function writeClaims({ brand, d1 }: Records, { session, stock, open, close, skus }: Claims): Promise<void> {
  const insert = d1.prepare("INSERT INTO claims (brand, session, sku, stock, open, close, stores) VALUES (?, ?, ?, ?, ?, ?, ?)");
  // A statement for each SKU: the stores of all 48 together would be longer than D1 takes as one value (2 MB).
  await d1.batch([
    d1.prepare("DELETE FROM claims WHERE brand = ? AND session = ?").bind(brand, session),
    ...skus.map(({ sku, stores }) => insert.bind(brand, session, sku, stock, open, close, JSON.stringify(stores))),
  ]);
}

/**
 * Claims of other sessions on the same SKUs of the same stock while the window is open. A voided session holds nothing, and neither does a draft
 * that would have opened already: it can no longer be announced.
 */
export async function claimsBeside({ brand, d1 }: Records, mine: Claims, now: number): Promise<Claim[]> {
  const { results } = await d1
    .prepare(
      `SELECT c.session, c.sku, c.stores FROM claims AS c INDEXED BY claims_of_stock CROSS JOIN sessions AS s ON s.brand = c.brand AND s.session = c.session
WHERE c.brand = ?1 AND c.stock = ?2 AND c.sku IN (SELECT value FROM json_each(?3)) AND c.session <> ?4 AND c.open < ?5 AND c.close > ?6
AND s.state <> 'voided' AND NOT (s.state = 'draft' AND c.open <= ?7) ORDER BY c.session, c.sku`,
    )
    .bind(brand, mine.stock, JSON.stringify(mine.skus.map(({ sku }) => sku)), mine.session, mine.close, mine.open, now)
    .all<{ session: string; sku: string; stores: string }>();
  return results.map(({ stores, ...claim }) => ({ ...claim, stores: JSON.parse(stores) as string[] }));
}

/** Forgets claims of windows that closed before `before` (Unix seconds): no session can overlap them any more. */
export async function forgetClaims({ brand, d1 }: Records, before: number): Promise<void> {
  await d1.prepare("DELETE FROM claims WHERE brand = ? AND close < ?").bind(brand, before).run();
}
