// What travels between the edge and a reservation shard on the hot path: packed bytes in, text out. An object as the reply of a call costs
// half as much again as the whole call: the platform attaches to each what is needed to dispose of it. Bytes and text are free of that.
import { type Bytes, join, Reader, u8, u32, u64 } from "../domain/bytes.ts";
import type { PersonReason } from "../domain/draw/reasons.ts";
import { type Outcome, ok, refuse } from "../domain/outcome.ts";
import type { ProblemCode } from "./problems.ts";

export type ReserveRequest = {
  pid: Bytes;
  pool: number;
  nonce: Bytes;
  tickets: number;
  /** What the pass says against the person, ascending. */
  personReasons: PersonReason[];
  /** Second of the overload ticket that came along; never 0, which would be 1970. */
  overloadS?: number | undefined;
};

/** `receipt` is the exact text; `repeated` says that it had been given before. */
export type Reserved = { receipt: string; repeated: boolean };

/**
 * A "no" of the door: `refusal` is the signed text, `receipt` the first receipt where the person holds one. `retryS` comes with "busy": seconds
 * after which the person may come again.
 */
export type DoorNo = { code: ProblemCode; refusal?: string; receipt?: string; retryS?: number };

/** pid, nonce, u32 pool, u8 tickets, u64 second of the overload ticket or 0, one byte for each reason against the person. */
export const packRequest = ({ pid, nonce, pool, tickets, overloadS, personReasons }: ReserveRequest): Bytes =>
  join(pid, nonce, u32(pool), u8(tickets), u64(overloadS ?? 0), Uint8Array.from(personReasons));

export function readRequest(bytes: Bytes): ReserveRequest {
  const reader = new Reader(bytes);
  const [pid, nonce, pool, tickets, second] = [reader.take(32), reader.take(32), reader.u32(), reader.u8(), reader.u64()];
  const personReasons = [...reader.take(reader.left)] as PersonReason[];
  return { pid, nonce, pool, tickets, personReasons, overloadS: second || undefined };
}

/** The first letter says what follows: a new receipt, one that had been given before, or a refusal as JSON. */
const [NEW, AGAIN, NO] = ["+", "=", "-"];

export const replyText = (outcome: Outcome<Reserved, DoorNo>): string =>
  outcome.ok ? (outcome.value.repeated ? AGAIN : NEW) + outcome.value.receipt : NO + JSON.stringify(outcome.refusal);

export function readReply(text: string): Outcome<Reserved, DoorNo> {
  const rest = text.slice(1);
  return text.startsWith(NO as string)
    ? refuse(JSON.parse(rest) as DoorNo)
    : ok({ receipt: rest, repeated: text.startsWith(AGAIN as string) });
}

/** Asks a shard for a place. */
export const reserveAt = async (
  shard: { reserve: (request: Bytes) => Promise<string> },
  request: ReserveRequest,
): Promise<Outcome<Reserved, DoorNo>> => readReply(await shard.reserve(packRequest(request)));
