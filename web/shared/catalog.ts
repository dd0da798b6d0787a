// Reads the catalogue: a pointer that may change, then the snapshot, which never does and so comes from the browser's own cache next time.
import type { CatalogPointer } from "../../contracts/catalog.ts";
import type { CatalogView } from "../../contracts/catalog-view.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import { call, type Failure } from "./api.ts";

/** Of one market, or of all of them. A market in which nothing is for sale has an empty one. */
export async function readCatalog(market?: string): Promise<Outcome<CatalogView, Failure>> {
  const pointer = await call<CatalogPointer>(`/v1/catalog${market ? `?market=${market}` : ""}`, { open: true });
  if (pointer.ok) return call<CatalogView>(pointer.value.url, { open: true });
  const isEmpty = pointer.refusal.kind === "problem" && pointer.refusal.status === 404;
  return isEmpty ? ok({ market: market ?? null, tiers: [], scenes: [], products: [] }) : pointer;
}
