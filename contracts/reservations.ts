// Reserving: entry pass, reservation, withdrawal, and what a winner says.
import * as v from "valibot";
import { hex32, u32 } from "./basics.ts";

/** POST /v1/sessions/{session}/pass -> PassReply. The body is empty: the token says who calls. */
export type PassReply = { pass: string; pid: string; exp: number };

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

/** POST /v1/sessions/{session}/withdrawals -> 200 signed withdrawal, the same bytes again on a repeat. */
export const withdrawInput = v.strictObject({ pool: u32 });

/** GET /v1/sessions/{session}/reservations: the caller's own, for a phone that lost its receipts. */
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

export type AwardReply = { award: "accepted" | "declined" | "paid"; rank: number; order?: string; payBy: number };
