// What travels between the edge, the session object and an award book.

import type { Money } from "../../contracts/basics.ts";
import type { ProblemCode } from "../../contracts/problems.ts";
import type { Bytes } from "../../domain/bytes.ts";
import type { Step } from "../../domain/draw/award.ts";
import type { Pool } from "../../domain/draw/pools.ts";
import type { TableRoot } from "../../domain/draw/seal.ts";
import type { AwardRow, LapseRow } from "../../domain/draw/wave.ts";

export type BookPlan = {
  session: string;
  /** M in hex. */
  manifest: string;
  shards: number;
  market: string;
  /** The pools of this book, ascending. */
  pools: Pool[];
  prices: { [sku: string]: Money };
};

export type Tables = { roots: TableRoot[] };

/** Result bodies of the book's pools, packed and ascending; counts over them. */
export type Drawn = { bodies: Bytes; winners: number; waits: number };

export type WaveOrder = { no: number; payBy: number; pickupUntil: number; mayAward: boolean };
export type WaveRows = {
  awards: AwardRow[];
  lapses: LapseRow[] /** Whether a later wave could still award anything. */;
  more: boolean;
};

export type StepRequest = {
  step: Step;
  pool: number;
  /** Accept and decline name the reservation, pay the order. */
  lh?: Bytes;
  order?: string;
  /** Accept: who, and the id that the order gets. */
  member?: string;
};

export type Stepped = { state: "accepted" | "declined" | "paid"; rank: number; order?: string; payBy: number; pickupUntil: number };
export type StepNo = { code: ProblemCode };
