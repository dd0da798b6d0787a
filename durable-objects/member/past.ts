// What past sessions were for one person, read from their files: who held which place is in the private bucket, what became of each place
// is public. Nothing of it ever changes once the result stands in the log, so it may be read twice, by anybody, at any time.

import { secretOfSession } from "../../contracts/session-secret.ts";
import type { Rules } from "../../contracts/sessions.ts";
import { settingsOf } from "../../contracts/settings.ts";
import { type Bytes, hex, same } from "../../domain/bytes.ts";
import { leafHasher, pidFrom, readEntryBody, shardOf } from "../../domain/draw/entry.ts";
import { beaconTime, type Manifest, manifestHash, parseObject } from "../../domain/draw/manifest.ts";
import { nonceMask } from "../../domain/draw/nonce.ts";
import { type HeldPlace, PLACES_HEAD, placesKey, placesRange, readPlaces, readPlacesHead } from "../../domain/draw/place-file.ts";
import { readResultBundle } from "../../domain/draw/rank.ts";
import { bodiesRange } from "../../domain/draw/seal.ts";
import { positionIn, readTableBodies } from "../../domain/draw/table.ts";
import { logName, objectAt } from "../../domain/objects.ts";
import { publicKey, rulesKey } from "../files.ts";
import type { Ports } from "../ports.ts";
import type { Outcome, Results } from "./store.ts";

export type PastSession = { manifest: Manifest; M: Bytes; rules: Rules };

type Range = { offset: number; length: number };

/** More sessions than count in a year for one brand's families; each takes some 3 kB. */
const KNOWN_MAX = 2_000;

export class PastSessions {
  readonly #ports: Ports;
  readonly #sessions = new Map<string, PastSession>();
  /** Places in the log: they are for ever. */
  readonly #places = new Map<string, number>();
  /** Results that were not in the log when a later manifest was: they are behind it. */
  readonly #behind = new Set<string>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Only for a session that was announced: throws where its files are not there. */
  async session(session: string): Promise<PastSession> {
    const known = this.#sessions.get(session);
    if (known) return known;
    const bytes = await this.#need(publicKey(session, "manifest.json"));
    const manifest = parseObject<Manifest>(bytes);
    const rules = parseObject<Rules>(await this.#need(rulesKey(manifest.rulesHash)));
    const read = { manifest, M: manifestHash(bytes), rules };
    if (this.#sessions.size >= KNOWN_MAX) this.#sessions.clear();
    this.#sessions.set(session, read);
    return read;
  }

  async manifestAt(session: string): Promise<number> {
    const [at] = await this.#ask([`${session}/manifest`]);
    if (at === undefined) throw new Error(`the manifest of ${session} is not in the log`);
    return at;
  }

  /** Those of the sessions whose result stands in the log before the manifest of `session`, with its place. */
  async before(session: string, manifestAt: number, earlier: string[]): Promise<Map<string, number>> {
    const asked = earlier.filter((name) => !this.#behind.has(`${name} ${session}`));
    const places = await this.#ask(asked.map((name) => `${name}/result`));
    const found = new Map<string, number>();
    asked.forEach((name, n) => {
      const at = places[n];
      if (at !== undefined && at < manifestAt) found.set(name, at);
      else this.#remember(this.#behind, () => this.#behind.add(`${name} ${session}`));
    });
    return found;
  }

  /** Sessions whose result stands in the log behind this place, by now. */
  async resultsAfter(at: number): Promise<string[]> {
    const { BRAND, JURISDICTION: jurisdiction } = settingsOf(this.#ports.env);
    return objectAt(this.#ports.env.LOG, logName(BRAND), { jurisdiction }).resultsAfter(at);
  }

  /** What the session was for the person with this inner key. */
  async outcome(session: string, at: number, innerKey: Bytes): Promise<Outcome> {
    const { manifest, M } = await this.session(session);
    const pid = pidFrom(innerKey, M);
    const { shard, families, places } = await this.places(session, pid);
    const results: Results = {};
    for (const { index, sku } of places) {
      const family = families[sku] as string;
      const became = await this.#became(session, M, shard, index);
      if (became === "excluded") continue;
      const known = results[family];
      if (!known || (became === "won" && !known.won)) results[family] = { won: became === "won", shard, index };
    }
    return { at, drawAt: beaconTime(manifest), results };
  }

  /** The places of one pid, in order. */
  async places(session: string, pid: Bytes): Promise<{ shard: number; families: string[]; places: HeldPlace[] }> {
    const { manifest, M } = await this.session(session);
    const shard = shardOf(pid, manifest.shards);
    const key = placesKey(settingsOf(this.#ports.env).BRAND, session, shard);
    const { ARCHIVE } = this.#ports.env;
    const head = readPlacesHead(await this.#need(key, { offset: 0, length: PLACES_HEAD }, ARCHIVE), M, shard);
    const range = placesRange(head, pid);
    const rows = range.length > 0 ? await this.#need(key, range, ARCHIVE) : new Uint8Array(0);
    const places = [...readPlaces(rows)].filter((place) => same(place.pid, pid));
    return { shard, families: head.families, places };
  }

  /** The nonce of a place, in hex, as its owner's phone has it. */
  async nonceOf(session: string, { pid, index, nonce }: HeldPlace): Promise<string> {
    const { manifest, M } = await this.session(session);
    const secret = secretOfSession(settingsOf(this.#ports.env).OPERATOR_SECRETS, manifest);
    return hex(nonceMask(secret, M)(nonce, pid, index));
  }

  async #became(session: string, M: Bytes, shard: number, index: number): Promise<"won" | "lost" | "excluded"> {
    const body = await this.#need(publicKey(session, `shards/${shard}`), bodiesRange(index, 1));
    const lh = leafHasher(M, shard)(index, body);
    const { pool } = readEntryBody(body);
    const [result, table] = await Promise.all([
      this.#need(publicKey(session, `results/${pool}`)),
      this.#need(publicKey(session, `tables/${pool}`)),
    ]);
    if (readResultBundle(result, M, pool).winners.some((winner) => same(winner.lh, lh))) return "won";
    return positionIn(readTableBodies(table, M, pool), lh) < 0 ? "excluded" : "lost";
  }

  async #ask(names: string[]): Promise<(number | undefined)[]> {
    const missing = names.filter((name) => !this.#places.has(name));
    if (missing.length > 0) {
      const { BRAND, JURISDICTION: jurisdiction } = settingsOf(this.#ports.env);
      const answer = await objectAt(this.#ports.env.LOG, logName(BRAND), { jurisdiction }).placesOf(missing);
      missing.forEach((name, n) => {
        const at = answer[n];
        if (typeof at === "number") this.#remember(this.#places, () => this.#places.set(name, at));
      });
    }
    return names.map((name) => this.#places.get(name));
  }

  #remember(known: { size: number; clear: () => void }, add: () => void): void {
    if (known.size >= 10 * KNOWN_MAX) known.clear();
    add();
  }

  async #need(key: string, range?: Range, bucket: R2Bucket = this.#ports.env.FILES): Promise<Bytes> {
    const file = await bucket.get(key, range ? { range } : {});
    if (!file) throw new Error(`${key} is not there`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (range && bytes.length !== range.length) throw new Error(`${key} is too short`);
    return bytes;
  }
}
