// What travels between a page and the worker that checks. Everything is plain data.
import type { Bytes } from "../../domain/bytes.ts";
import type { PoolFiles } from "../../domain/proof/pool.ts";
import type { Step } from "../../domain/proof/reasons.ts";
import type { Facts, Trust } from "../../domain/proof/work.ts";

/** A whole proof as bytes or as text; or the public part that a server sends, and the receipt that makes it whole. */
export type Evidence = { bytes: Bytes } | { text: string } | { publicPart: Bytes; receipt: string };

/** Level 2 follows once level 1 holds and its files are at hand. */
export type Ask = { level: 1; evidence: Evidence; trust: Trust } | { level: 2; files: PoolFiles };

/**
 * Steps since the last time, and what is known so far. With `done` the level is over; then `proof` is the whole proof, to be kept or saved,
 * where the receipt shows its nonce.
 */
export type Told = { steps: Step[]; facts: Facts; done?: 1 | 2; proof?: { bytes: Bytes; text: string } };
