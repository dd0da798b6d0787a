// Reserving: entry pass, reservation, withdrawal, and what a winner says.
import * as v from "valibot";
import { hex32, orderId, sessionId, u32, unixSeconds } from "./basics.ts";

/** POST /v1/sessions/{session}/pass -> PassReply. The body is empty: the token says who calls. */
export const passReply = v.object({ pass: v.string(), pid: hex32, exp: unixSeconds });
export type PassReply = v.InferOutput<typeof passReply>;

/** A pass is at most 48 families of 64 letters and its MAC: 4.9 kB. With an overload ticket it still fits into a body of 8 kB. */
const passText = v.pipe(v.string(), v.minLength(60), v.maxLength(5120));

/** POST /v1/sessions/{session}/reservations -> 201 receipt, 200 the same receipt again. */
export const reserveInput = v.strictObject({
  pass: passText,
  pool: u32,
  /** 32 random bytes from the phone, hex. Kept private: with pid it proves "this leaf is mine". */
  nonce: hex32,
  /** Overload ticket, for whoever was shed before close. */
  overload: v.optional(passText),
});
export type ReserveInput = v.InferOutput<typeof reserveInput>;

/** The receipt as a program reads it (domain/draw/receipt.ts, docs/verify-a-draw.md). What counts are its exact bytes: keep the text. */
export const receipt = v.looseObject({
  v: v.literal(1),
  type: v.literal("receipt"),
  session: sessionId,
  manifest: hex32,
  shard: u32,
  index: u32,
  tickets: u32,
  s: unixSeconds,
  pools: v.strictTuple([u32]),
  nonce: hex32,
  pid: hex32,
  leaf: hex32,
  group: v.looseObject({ first: u32, size: u32, s: unixSeconds }),
  path: v.array(hex32),
  sig: v.string(),
});

/** The signed withdrawal. */
export const withdrawal = v.looseObject({
  v: v.literal(1),
  type: v.literal("withdrawal"),
  session: sessionId,
  manifest: hex32,
  shard: u32,
  index: u32,
  leaf: hex32,
  s: unixSeconds,
  sig: v.string(),
});

/** POST /v1/sessions/{session}/withdrawals -> 200 signed withdrawal, the same bytes again on a repeat. */
export const withdrawInput = v.strictObject({ pool: u32 });

/** GET /v1/sessions/{session}/reservations: the caller's own, for a phone that lost its receipts. */
export const ownReservations = v.object({ reservations: v.array(v.object({ receipt, withdrawn: v.boolean() })) });
export type OwnReservations = { reservations: { receipt: object; withdrawn: boolean }[] };

/** POST /v1/sessions/{session}/awards: the receipt's place and nonce show that the reservation is the caller's. */
export const awardInput = v.strictObject({
  choice: v.picklist(["accept", "decline"]),
  pool: u32,
  shard: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4095)),
  index: u32,
  tickets: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
  s: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  nonce: hex32,
});
export type AwardInput = v.InferOutput<typeof awardInput>;

export const awardReply = v.object({
  award: v.picklist(["accepted", "declined", "paid"]),
  rank: u32,
  order: v.exactOptional(orderId),
  payBy: unixSeconds,
});
export type AwardReply = v.InferOutput<typeof awardReply>;
