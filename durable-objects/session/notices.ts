// How shards, and through them members, hear of exclusions before the seal; and what is left of them at the seal.
import type { Notices } from "../../contracts/review.ts";
import { type Bytes, concat, join, u8, u32, utf8 } from "../../domain/bytes.ts";
import { outcomeOf } from "../../domain/draw/exclusion.ts";
import { WITHDRAWN } from "../../domain/draw/reasons.ts";
import { isOut, type OutcomeCode, type ReviewRow } from "../../domain/draw/review.ts";
import type { Exclusion } from "../../domain/draw/seal.ts";
import { NOTICES_FILE, publicKey } from "../files.ts";
import { FINAL } from "../shard/messages.ts";
import { type MoveDesk, put } from "./desk.ts";
import { all, NotDone, shardStub } from "./reach.ts";
import { type Held, keyOf } from "./review-rows.ts";
import type { SessionStore } from "./store.ts";

/** Stands among the shards for the file that says where to ask. */
export const FILE = -1;

/** Shards called at once, as in `reach`. */
const AT_ONCE = 16;

type Ended = Held & { outcome: OutcomeCode };

/** Every confirmed exclusion with its outcome, were the review over now; ascending by place. */
function ended(store: SessionStore): Ended[] {
  const appeals = new Map(store.review.appeals().map((appeal) => [keyOf(appeal), appeal]));
  return store.review.confirmed().map((held) => ({ ...held, outcome: outcomeOf(appeals.get(keyOf(held))) }));
}

const packed = (rows: Ended[], stands: (row: Ended) => boolean): Bytes =>
  concat(rows.map((row) => join(u32(row.index), u8(row.reason), u8(stands(row) ? 1 : 0))));

/** Whether somebody has yet to hear of something that still counts. */
export const mustTell = (store: SessionStore): boolean =>
  ["announced", "open", "closed"].includes(store.row().state) && store.review.untold().length > 0;

/** Tells every shard that has yet to hear; then the file, by which open pages learn that there is something to ask. */
export async function tellShards({ store, ports }: MoveDesk): Promise<void> {
  if (!mustTell(store)) return;
  const manifest = store.manifest();
  const untold = store.review.untold();
  const byShard = Map.groupBy(ended(store), ({ shard }) => shard);
  // An appeal changes nothing before it is granted.
  const stands = ({ outcome }: Ended) => outcome !== 2;
  const shards = untold.filter(({ shard }) => shard !== FILE);
  let failed = 0;
  for (let from = 0; from < shards.length; from += AT_ONCE) {
    const calls = shards.slice(from, from + AT_ONCE).map(async ({ shard, version }) => {
      const outcome = await shardStub(ports, manifest, shard).exclude(version, packed(byShard.get(shard) ?? [], stands));
      if (!outcome.ok) throw new NotDone(outcome.refusal);
      store.transaction(() => store.review.told(shard, version));
    });
    failed += (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected").length;
  }
  const notices: Notices = { at: ports.nowMs(), shards: [...byShard.keys()] };
  await put(ports, publicKey(manifest.session, NOTICES_FILE), utf8(JSON.stringify(notices)));
  if (failed > 0) throw new NotDone(`${failed} shards have not heard of their exclusions`);
  for (const { shard, version } of untold) if (shard === FILE) store.transaction(() => store.review.told(FILE, version));
}

/** The last word to every shard that ever heard of an exclusion: only what stands at the end is left out of the tables. */
export async function tellOutcome({ store, ports }: Pick<MoveDesk, "store" | "ports">): Promise<void> {
  const manifest = store.manifest();
  const byShard = [...Map.groupBy(ended(store), ({ shard }) => shard)];
  await all(byShard.length, (number) => {
    const [shard, rows] = byShard[number] as [number, Ended[]];
    return shardStub(ports, manifest, shard).exclude(
      FINAL,
      packed(rows, ({ outcome }) => isOut(outcome)),
    );
  });
}

/** What the log says of the review. Whoever withdrew after being excluded is out by their own word, and no matter of the review any more. */
export function reviewRows(store: SessionStore, sealed: Exclusion[]): ReviewRow[] {
  const withdrawn = new Set(sealed.filter(({ reason }) => reason === WITHDRAWN).map(keyOf));
  return ended(store)
    .filter((row) => !withdrawn.has(keyOf(row)))
    .map(({ shard, index, reason, outcome }) => ({ shard, index, reason, outcome }));
}
