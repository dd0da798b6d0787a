// Finds the own result in the published files. Nobody is asked about oneself: the phone knows its leaf and looks it up.
import { compare, hex, same, unhex } from "../../domain/bytes.ts";
import { type PoolResult, type Result, readResultBundle, scorer } from "../../domain/draw/rank.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { readExclusionsBundle } from "../../domain/draw/seal.ts";
import { type Outcome, ok } from "../../domain/outcome.ts";
import { call, type Failure, send } from "../shared/api.ts";

export type Found = {
  standing: "won" | "wait" | "lost" | "excluded" | "contradiction";
  /** Rank in the pool, 0 first; the waitlist goes on after the winners. */
  rank?: number;
  score: string;
  cutoff: string;
  entries: number;
  stock: number;
  winners: number;
  waits: number;
  reason?: number;
  /** Whether the exclusions were looked at; who has a place in the published order is in none of them. */
  checked?: true;
};

export const drawFile = (session: string, file: string): string => `/draws/${session}/${file}`;

/**
 * Refused with 404 until the files are published. The list of exclusions grows with the crowd: while everybody looks at once it is read
 * only by whom it concerns, and by the others `later`.
 */
export async function findResult(receipt: Receipt, later = false): Promise<Outcome<Found, Failure>> {
  const { session, manifest } = receipt;
  const [pool] = receipt.pools;
  const [result, file] = await Promise.all([
    call<Result>(drawFile(session, "result.json")),
    send(drawFile(session, `results/${pool}`)),
  ]);
  if (!result.ok) return result;
  if (!file.ok) return file;
  const own = placeIn(readResultBundle(file.value.bytes, unhex(manifest), pool), receipt, unhex(result.value.seed));
  if (result.value.manifest !== manifest) return ok({ ...own, standing: "contradiction", checked: true });
  if (own.standing === "won" || own.standing === "wait") return ok({ ...own, checked: true });
  if (own.standing === "lost" && !later) return ok(own);
  const exclusions = await send(drawFile(session, "exclusions"));
  if (!exclusions.ok) return exclusions;
  const reason = readExclusionsBundle(exclusions.value.bytes, unhex(manifest)).find(
    ({ shard, index }) => shard === receipt.shard && index === receipt.index,
  )?.reason;
  return ok({ ...own, checked: true, ...(reason === undefined ? {} : { standing: "excluded", reason }) });
}

function placeIn(result: PoolResult, receipt: Receipt, seed: Uint8Array): Found {
  const lh = unhex(receipt.leaf);
  const score = scorer(seed)(lh, receipt.tickets);
  const ranked = [...result.winners, ...result.waits];
  const rank = ranked.findIndex((row) => same(row.lh, lh));
  const won = rank >= 0 && rank < result.winners.length;
  // Own score at or below the cut-off means a unit; if the list says otherwise, the files contradict the receipt.
  const agrees = compare(score, result.cutoff) <= 0 === won && (rank < 0 || same(ranked[rank]?.score ?? new Uint8Array(0), score));
  return {
    standing: !agrees ? "contradiction" : won ? "won" : rank >= 0 ? "wait" : "lost",
    ...(rank >= 0 ? { rank } : {}),
    score: hex(score),
    cutoff: hex(result.cutoff),
    entries: result.n,
    stock: result.stock,
    winners: result.winners.length,
    waits: result.waits.length,
  };
}
