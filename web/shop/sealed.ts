// Between seal and draw: whether the own entry is in the sealed list, among how many, or excluded and why; and how many were, by reason.
// Asked for on a tap: these lists grow with the crowd.
import { unhex } from "../../domain/bytes.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import type { Review } from "../../domain/draw/review.ts";
import { readExclusionsBundle } from "../../domain/draw/seal.ts";
import { positionIn, readTableBodies, TABLE_BODY } from "../../domain/draw/table.ts";
import { HASH } from "../../domain/merkle.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import { call, type Failure, isProblem } from "../shared/api.ts";
import { keptFile } from "../shared/files.ts";
import { drawFile } from "./result.ts";

/** `tickets` are those of all entries of the list. */
export type SealedPlace =
  | { standing: "in"; entries: number; tickets: number }
  | { standing: "excluded"; reason: number }
  | { standing: "missing" };

export async function findSealed(receipt: Receipt): Promise<Outcome<SealedPlace, Failure>> {
  const { session, manifest, leaf, shard, index } = receipt;
  const [pool] = receipt.pools;
  const table = await keptFile(drawFile(session, `tables/${pool}`));
  if (!table.ok) return table;
  const rows = readTableBodies(table.value, unhex(manifest), pool);
  if (positionIn(rows, unhex(leaf)) >= 0) {
    let tickets = 0;
    for (let at = HASH; at < rows.length; at += TABLE_BODY) tickets += rows[at] as number;
    return ok({ standing: "in", entries: rows.length / TABLE_BODY, tickets });
  }
  const exclusions = await keptFile(drawFile(session, "exclusions"));
  if (!exclusions.ok) return exclusions;
  const mine = readExclusionsBundle(exclusions.value, unhex(manifest)).find((one) => one.shard === shard && one.index === index);
  return ok(mine ? { standing: "excluded", reason: mine.reason } : { standing: "missing" });
}

export type ExclusionCounts = { reasons: Map<number, number>; review?: Review };

/** How many entries were excluded, by reason; and what became of appeals, where operators excluded anybody. */
export async function countExclusions(session: string, manifest: string): Promise<Outcome<ExclusionCounts, Failure>> {
  const file = await keptFile(drawFile(session, "exclusions"));
  if (!file.ok) return file;
  const counts = new Map<number, number>();
  for (const { reason } of readExclusionsBundle(file.value, unhex(manifest))) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const review = await call<Review>(drawFile(session, "review.json"));
  if (review.ok) return ok({ reasons: counts, review: review.value });
  return isProblem(review.refusal, "not_found") ? ok({ reasons: counts }) : review;
}
