// What travels between the edge and a member shard: how many tickets a person holds, and what an auditor is shown of them.
import * as v from "valibot";
import type { Opening } from "../domain/audit/chains-file.ts";
import type { Bytes } from "../domain/bytes.ts";
import { hex32, sessionId, u32, whole } from "./basics.ts";

/** A pass is about to be issued for a session whose rules count. */
export type CountRequest = { person: Bytes; session: string };

/** Tickets per product family of the session; 0 while cooling down. */
export type Counted = { [family: string]: number };

/** Whose entries are to be opened: pids in hex, of a session that is drawn. */
export type OpenRequest = { session: string; pids: string[] };

/** Whose pids in one session are asked for, by their pids in another; hex. */
export type LinkRequest = { from: string; to: string; pids: string[] };

/** A person's entries in the session laid open, each with the losses that its tickets rest on. */
export type Opened = { pid: string; entries: Opening[] };

/** Entries of one request: each costs a file of its shard, and each person of it as many reads as there are losses. */
export const OPENED_AT_ONCE = 20;

/** POST /v1/admin/sessions/{session}/openings: places of winners with more than one ticket. */
export const openingsInput = v.strictObject({
  places: v.pipe(v.array(v.strictObject({ shard: whole(0, 4095), index: u32 })), v.minLength(1), v.maxLength(OPENED_AT_ONCE)),
});

const place = {
  /** The shard, and the place in it. */
  shard: u32,
  index: u32,
  /** What the public id of the entry follows from, with `inner`. */
  nonce: hex32,
};
const opening = v.object({
  ...place,
  /** HMAC(pepper, person): the same for all of a person's entries, and never public. */
  inner: hex32,
  /** The losses that the tickets rest on, the newest first. */
  chain: v.array(v.object({ session: sessionId, ...place })),
});

/** In the order asked for. A person that no member shard knows is left out, and will be missed. */
export const openingsReply = v.object({ openings: v.array(opening) });
export type OpeningsReply = v.InferOutput<typeof openingsReply>;
