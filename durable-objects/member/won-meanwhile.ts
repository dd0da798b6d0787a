// Who won in a product family after the manifest of a session was in the log, and so after a pass may have been issued: their entries there are
// to be excluded with reason 13, cooling down (draw1, section 6). Asked of the session's own shards, so at any time until they are deleted; an
// exclusion is what operators make of it.
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, unhex } from "../../domain/bytes.ts";
import { ENTRY_BODY, leafHashes, shardOf } from "../../domain/draw/entry.ts";
import { beaconTime } from "../../domain/draw/manifest.ts";
import { PLACES_HEAD, placesKey, readPlaces, readPlacesHead } from "../../domain/draw/place-file.ts";
import { readPoolsBundle } from "../../domain/draw/pools.ts";
import { readResultBundle } from "../../domain/draw/rank.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { type Exclusion, readShardBundle } from "../../domain/draw/seal.ts";
import { HASH } from "../../domain/merkle.ts";
import { MEMBER_SHARDS, memberShardName, objectAt } from "../../domain/objects.ts";
import { publicKey } from "../files.ts";
import type { Ports } from "../ports.ts";
import { NotDone, shardStub } from "../session/reach.ts";
import { type PastSession, PastSessions } from "./past.ts";

const COOLING_DOWN = 13;

/** Member shards asked at once. */
const AT_ONCE = 16;

/** Ascending by place, each once. Empty where the session's rules have no cool-down. */
export async function wonMeanwhile(ports: Ports, session: string): Promise<Exclusion[]> {
  const past = new PastSessions(ports);
  const asked = await past.session(session);
  const coolDownS = asked.rules.counting?.coolDownS ?? 0;
  if (coolDownS === 0) return [];
  const found = new Map<string, Exclusion>();
  for (const name of await past.resultsAfter(await past.manifestAt(session))) {
    const other = await past.session(name);
    const shared = new Set(Object.values(other.rules.families).filter((family) => isIn(asked, family)));
    const counts = other.rules.counting && shared.size > 0 && beaconTime(other.manifest) + coolDownS > asked.manifest.open;
    if (!counts) continue;
    for (const [family, pids] of await winnersOf(ports, other, shared)) {
      const pools = await poolsOf(ports, asked, family);
      for (const pid of await pidsIn(ports, name, session, pids)) {
        for (const {
          shard,
          index,
          pools: [pool],
        } of await entriesOf(ports, asked, unhex(pid))) {
          if (pools.has(pool)) found.set(`${shard}/${index}`, { shard, index, reason: COOLING_DOWN });
        }
      }
    }
  }
  return [...found.values()].sort((a, b) => a.shard - b.shard || a.index - b.index);
}

const isIn = ({ rules }: PastSession, family: string): boolean => Object.values(rules.families).includes(family);

/** The pools of a product family. */
async function poolsOf({ env }: Ports, { manifest, M, rules }: PastSession, family: string): Promise<Set<number>> {
  const pools = readPoolsBundle(await read(env.FILES, publicKey(manifest.session, "pools")), M);
  return new Set(pools.flatMap(({ pool, sku }) => (rules.families[sku] === family ? pool : [])));
}

/** The receipts of one person that were not withdrawn. */
async function entriesOf(ports: Ports, { manifest }: PastSession, pid: Bytes): Promise<Receipt[]> {
  const own = await shardStub(ports, manifest, shardOf(pid, manifest.shards)).own(pid);
  if (!own.ok) throw new NotDone(own.refusal.code);
  return own.value.flatMap(({ receipt, withdrawn }) => (withdrawn ? [] : (JSON.parse(receipt) as Receipt)));
}

/** The pids of a session's winners, by family. One shard at a time: 20,000 entries are 2.3 MB and 50 ms of hashing. */
async function winnersOf(ports: Ports, { manifest, M, rules }: PastSession, wanted: Set<string>): Promise<Map<string, string[]>> {
  const { session, shards } = manifest;
  const winners = new Map<string, string>();
  for (const { pool, sku } of readPoolsBundle(await read(ports.env.FILES, publicKey(session, "pools")), M)) {
    const family = rules.families[sku] as string;
    if (!wanted.has(family)) continue;
    const result = readResultBundle(await read(ports.env.FILES, publicKey(session, `results/${pool}`)), M, pool);
    for (const { lh } of result.winners) winners.set(hex(lh), family);
  }
  const pids = new Map<string, string[]>();
  for (let shard = 0; shard < shards && winners.size > 0; shard++) {
    const bodies = readShardBundle(await read(ports.env.FILES, publicKey(session, `shards/${shard}`)), M, shard);
    const leaves = leafHashes(M, shard, 0, bodies);
    const families = new Map<number, string>();
    for (let index = 0; index * ENTRY_BODY < bodies.length; index++) {
      const family = winners.get(hex(leaves.subarray(index * HASH, (index + 1) * HASH)));
      if (family !== undefined) families.set(index, family);
    }
    if (families.size === 0) continue;
    const file = await read(ports.env.ARCHIVE, placesKey(settingsOf(ports.env).BRAND, session, shard));
    readPlacesHead(file, M, shard);
    for (const { pid, index } of readPlaces(file.subarray(PLACES_HEAD) as Bytes)) {
      const family = families.get(index);
      if (family !== undefined) pids.set(family, [...(pids.get(family) ?? []), hex(pid)]);
    }
  }
  return pids;
}

/** The pids in one session of those who have these pids in another. */
async function pidsIn({ env }: Ports, from: string, to: string, pids: string[]): Promise<string[]> {
  const { BRAND, JURISDICTION: jurisdiction } = settingsOf(env);
  const found: string[] = [];
  for (let first = 0; first < MEMBER_SHARDS; first += AT_ONCE) {
    const asked = Array.from({ length: Math.min(AT_ONCE, MEMBER_SHARDS - first) }, (_, at) =>
      objectAt(env.MEMBERS, memberShardName(BRAND, first + at), { jurisdiction }).linked({ from, to, pids }),
    );
    found.push(...(await Promise.all(asked)).flat());
  }
  return found;
}

async function read(bucket: R2Bucket, key: string): Promise<Bytes> {
  const file = await bucket.get(key);
  if (!file) throw new Error(`${key} is not there`);
  return new Uint8Array(await file.arrayBuffer());
}
