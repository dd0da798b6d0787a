// What a check knows so far: filled step by step, each step relying on those before it.
import type { Bytes } from "../bytes.ts";
import type { Chain } from "../draw/chains.ts";
import type { Manifest } from "../draw/manifest.ts";
import type { Pool } from "../draw/pools.ts";
import type { Result } from "../draw/rank.ts";
import type { Seal } from "../draw/seal.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { Cosigned } from "../log/cosignature.ts";
import type { Drawn, Exclusion, Proof } from "./proof.ts";
import type { OpenReason } from "./reasons.ts";

/** What the checker brings along itself: nothing of it may come from the file that is checked. */
export type Trust = {
  /** Beacon chains as this checker pins them. */
  chains: readonly Chain[];
  /** Keys of logs (C2SP vkey); a log whose origin none of them names is left open. */
  logKeys: readonly string[];
  /** M, hex, as it was seen before the draw; where it is not given, the plan is left open. */
  seen?: string | undefined;
};

export type Standing = "won" | "wait" | "lost" | "excluded";

/** What the steps have found, in values that a page can show. Hashes in hex, times in Unix seconds. */
export type Facts = Partial<{
  M: string;
  manifest: Manifest;
  chain: Chain;
  beaconAt: number;
  deadline: number;
  own: { shard: number; index: number; tickets: number; s: number; pool: number; lh: string };
  group: { first: number; size: number; s: number };
  seal: Seal;
  sealHash: string;
  sealIndex: number;
  resultIndex: number;
  witnesses: { k: number; n: number; sealed: Cosigned[]; drawn: Cosigned[]; independent: number };
  pool: Pool;
  table: { n: number; sumTickets: number; root: string };
  winners: number;
  waits: number;
  cutoff: string;
  /** Roots of the winners and of the waitlist, as the logged result has them. */
  winRoot: string;
  waitRoot: string;
  round: number;
  seed: string;
  score: string;
  standing: Standing;
  rank: number;
  reason: number;
}>;

export type Work = {
  trust: Trust;
  facts: Facts;
  proof: Proof;
  manifest: Manifest;
  M: Bytes;
  chain: Chain;
  lh: Bytes;
  seal: Seal;
  sealHash: Bytes;
  result: Result;
  sealed: SignedCheckpoint;
  drawn: SignedCheckpoint;
  row: ResultRow;
  seed: Bytes;
};

export type ResultRow = {
  pool: number;
  stock: number;
  n: number;
  winners: number;
  waits: number;
  cutoff: Bytes;
  winRoot: Bytes;
  waitRoot: Bytes;
};

/** "none" where the step does not apply to this entry; an open reason where it cannot be decided here; nothing where it holds. */
export type Did = OpenReason | "none" | undefined;

export const exclusionOf = ({ standing }: Proof): Exclusion | undefined =>
  "exclusion" in standing ? standing.exclusion : undefined;
export const drawnOf = ({ standing }: Proof): Drawn | undefined => ("exclusion" in standing ? undefined : standing);
