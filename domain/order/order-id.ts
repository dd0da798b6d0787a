// Order ids: `{session}~{pool}~{26 digits}`. The first two say which award book holds the order; the last, 128 random bits, cannot be guessed.
import { Reader } from "../bytes.ts";

/** Crockford's base32: no i, l, o, u, so that a person can read it out. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** `random` is 16 random bytes. */
export function orderIdOf(session: string, pool: number, random: Uint8Array): string {
  const reader = new Reader(random);
  let value = 0n;
  for (let at = 0; at < 4; at++) value = (value << 32n) | BigInt(reader.u32());
  reader.end();
  let digits = "";
  for (let at = 0; at < 26; at++) {
    digits = DIGITS.charAt(Number(value & 31n)) + digits;
    value >>= 5n;
  }
  return `${session}~${pool}~${digits}`;
}

export function readOrderId(order: string): { session: string; pool: number } {
  const [session, pool] = order.split("~") as [string, string];
  return { session, pool: Number(pool) };
}

/** What staff ask for beside the 8 digits. */
export const orderTail = (order: string): string => order.slice(-6);
