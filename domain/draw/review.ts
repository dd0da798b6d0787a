// What became of every exclusion that an operator confirmed: the log's entry `review` and the file that its root points to. draw1, section 3.
import { type Bytes, concat, hex, join, Malformed, u8, u16, u32 } from "../bytes.ts";
import { rootOfRows } from "../merkle.ts";
import { inOrder } from "./seal.ts";
import { openBundle, row, tag } from "./tags.ts";

/** Nobody appealed; appealed and refused; appealed and granted; appealed and not decided in time. The last two are in the draw again. */
export const OUTCOMES = { 0: "stands", 1: "refused", 2: "granted", 3: "undecided" } as const;
export type OutcomeCode = keyof typeof OUTCOMES;

export type ReviewRow = { shard: number; index: number; reason: number; outcome: OutcomeCode };

/** Whether an exclusion with this outcome goes into the seal. */
export const isOut = (outcome: OutcomeCode): boolean => outcome < 2;

const body = ({ shard, index, reason, outcome }: ReviewRow): Bytes => join(u16(shard), u32(index), u8(reason), u8(outcome));

/** Ascending (shard, index), each at most once. */
export const outcomesRoot = (rows: ReviewRow[]): Bytes => rootOfRows(rows.map((one) => row("outcome", body(one))));

export const reviewBundle = (manifest: Uint8Array, rows: ReviewRow[]): Bytes =>
  concat([tag("bundle-review"), manifest, u32(rows.length), ...rows.map(body)]);

/** Reads the file back; throws Malformed unless it is whole, for this manifest and strictly ascending. Codes are for the caller to judge. */
export function readReviewBundle(bytes: Uint8Array, manifest: Uint8Array): ReviewRow[] {
  const reader = openBundle(bytes, "bundle-review", manifest);
  const rows = Array.from({ length: reader.u32() }, () => ({
    shard: reader.u16(),
    index: reader.u32(),
    reason: reader.u8(),
    outcome: reader.u8() as OutcomeCode,
  }));
  reader.end();
  if (!inOrder(rows)) throw new Malformed("not-ascending", "outcomes must ascend");
  return rows;
}

export type Review = {
  v: 1;
  type: "review";
  session: string;
  manifest: string;
  s: number;
  /** Exclusions that were confirmed, and appeals by their outcome. */
  told: number;
  refused: number;
  granted: number;
  undecided: number;
  /** Ascending; how many exclusions of each reason stand, and how many do not. */
  reasons: { reason: number; excluded: number; reinstated: number }[];
  outcomesRoot: string;
};

/** The counts and the root that these rows give. */
export function reviewOf(rows: ReviewRow[]): Omit<Review, "v" | "type" | "session" | "manifest" | "s"> {
  const ended = (outcome: OutcomeCode) => rows.filter((one) => one.outcome === outcome).length;
  const reasons = [...new Set(rows.map(({ reason }) => reason))].sort((a, b) => a - b);
  return {
    told: rows.length,
    refused: ended(1),
    granted: ended(2),
    undecided: ended(3),
    reasons: reasons.map((reason) => {
      const of = rows.filter((one) => one.reason === reason);
      const excluded = of.filter(({ outcome }) => isOut(outcome)).length;
      return { reason, excluded, reinstated: of.length - excluded };
    }),
    outcomesRoot: hex(outcomesRoot(rows)),
  };
}
