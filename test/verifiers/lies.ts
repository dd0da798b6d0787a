// Operators who lie from the start and make everything else agree with it, down to log and cosignatures: the reason that both must give.

import type { Reason } from "../../domain/audit/reasons.ts";
import { type Bytes, hex, unhex } from "../../domain/bytes.ts";
import { manifestHash, objectBytes } from "../../domain/draw/manifest.ts";
import { KEY_TYPE, noteKey } from "../../domain/log/note.ts";
import {
  type LogEntry,
  type Published,
  type PublishingLies,
  publishedSession,
  type Setting,
  type WaveRows,
} from "../support/published-session.ts";
import type { Lies, Place } from "../support/small-session.ts";
import { SESSION, WATCHED } from "./tamperings.ts";

export type Lie = [what: string, reason: Reason, file: string | null, files: () => Published];

const D = `draws/${SESSION}`;
const lying = (lies: Lies, publishing: PublishingLies = {}, setting: Setting = WATCHED) =>
  publishedSession(setting, lies, publishing).files;
const ZERO = "00".repeat(32);
const parsed = (bytes: Bytes) => JSON.parse(new TextDecoder().decode(bytes)) as object;

const entries = (change: (honest: LogEntry[]) => LogEntry[]) => () => lying({}, { entries: change });
const named = (list: LogEntry[], name: string) => list.find((entry) => entry.name === name) as LogEntry;
/** Another entry of this kind beside the honest ones; it has no files of its own. */
const andAlso = (name: string, change: object) =>
  entries((honest) => [...honest, { name: "", bytes: objectBytes({ ...parsed(named(honest, name).bytes), ...change }) }]);
const voidOf = (honest: LogEntry[], cause: "operator" | "no-seal"): LogEntry => {
  const manifest = hex(manifestHash(named(honest, "manifest").bytes));
  const value = { v: 1, type: "void", session: SESSION, manifest, s: 1_692_806_350, cause, text: "", rollTo: "" };
  return { name: "void", bytes: objectBytes(value) };
};
const waves = (change: (honest: [WaveRows, WaveRows, WaveRows]) => WaveRows[]) => () =>
  lying({}, { waves: (honest) => change(honest as [WaveRows, WaveRows, WaveRows]) });
const late = (name: string) => () =>
  lying({}, { times: (of, honest) => (of === name ? honest.map((time) => time + 3600) : honest) });
const entry = (change: NonNullable<Lies["entry"]>) => () => lying({ entry: change });
const manifest = (change: object) => () => lying({ manifest: (honest) => ({ ...honest, ...change }) });
const seal = (change: object) => () => lying({ seal: (honest) => ({ ...honest, ...change }) });
const first = ([place]: Place[]) => place as Place;

export const LIES: Lie[] = [
  [
    "names a chain that nobody knows",
    "beacon-unknown",
    `${D}/manifest.json`,
    () => lying({ manifest: (m) => ({ ...m, beacon: { ...m.beacon, chain: ZERO } }) }),
  ],
  [
    "moves the genesis",
    "beacon-differs",
    `${D}/manifest.json`,
    () => lying({ manifest: (m) => ({ ...m, beacon: { ...m.beacon, genesis: m.beacon.genesis - 3 } }) }),
  ],
  [
    "announces the next round",
    "round-formula",
    `${D}/manifest.json`,
    () => lying({ manifest: (m) => ({ ...m, beacon: { ...m.beacon, round: 1001 } }) }),
  ],
  ["would fall back to another round", "fallback", `${D}/manifest.json`, manifest({ fallback: "next" })],
  [
    "names a witness twice",
    "witness-keys",
    `${D}/manifest.json`,
    () => lying({ manifest: (m) => ({ ...m, witnesses: { k: 2, keys: [m.witnesses.keys[0], m.witnesses.keys[0]] } }) }),
  ],
  [
    "asks for more witnesses than there are",
    "file-wrong-form",
    `${D}/manifest.json`,
    () => lying({ manifest: (m) => ({ ...m, witnesses: { ...m.witnesses, k: 4 } }) }),
  ],
  [
    "publishes no log though witnesses are named",
    "log-missing",
    "log/checkpoint",
    () => lying({ manifest: (m) => ({ ...m, witnesses: { k: 1, keys: publishedKeys() } }) }, {}, withoutLog()),
  ],
  ["signs the log with another key than it shows", "log-signature", "log/checkpoint", () => lying({}, { logKey: otherKey() })],
  [
    "shows the key of another log",
    "log-key",
    "log/vkey",
    () => lying({}, { logKey: { ...otherKey(), ...noteKey("example.com/other", KEY_TYPE.ed25519, unhex("11".repeat(32))) } }),
  ],
  ["announces too late", "manifest-late", `${D}/manifest.tlog-proof`, late("manifest")],
  ["seals after the deadline", "seal-late", `${D}/seal.tlog-proof`, late("seal")],
  [
    "seals at the deadline",
    "seal-late",
    `${D}/seal.tlog-proof`,
    () => lying({}, { times: (of, times) => (of === "seal" ? times.map((t) => t + 5) : times) }),
  ],
  [
    "shows the result to one witness only",
    "no-quorum",
    `${D}/result.tlog-proof`,
    () => lying({}, { times: (of, times) => (of === "result" ? times.slice(1) : times) }),
  ],
  ["announces the session again", "manifest-twice", null, andAlso("manifest", { market: "DE" })],
  ["seals again", "seal-twice", null, andAlso("seal", { entries: 39 })],
  ["draws again", "result-twice", null, andAlso("result", { winners: 1 })],
  ["settles again", "settled-twice", null, andAlso("settled", { left: 1 })],
  ["voids twice", "void-twice", null, entries((all) => [...all, voidOf(all, "operator"), { ...voidOf(all, "no-seal"), name: "" }])],
  [
    "voids before the seal and draws all the same",
    "voided",
    null,
    entries(([m, ...rest]) => [m as LogEntry, voidOf([m as LogEntry], "operator"), ...rest]),
  ],
  ["logs the result before the seal", "log-order", null, entries(([m, s, r, ...rest]) => [m, r, s, ...rest] as LogEntry[])],
  [
    "settles before the last wave",
    "log-order",
    null,
    entries((all) => [...all.slice(0, -2), all.at(-1), all.at(-2)] as LogEntry[]),
  ],
  ["skips a number of a wave", "wave-number-gap", null, entries((all) => all.filter(({ name }) => name !== "waves/2"))],
  [
    "logs an entry that is not canonical",
    "file-not-canonical",
    "log entry 265",
    entries((all) => [...all, { name: "", bytes: new TextEncoder().encode("{ }") }]),
  ],
  [
    "logs a wave of another form",
    "file-wrong-form",
    "log entry 264",
    entries((all) => [
      ...all.slice(0, -1),
      { name: "", bytes: objectBytes({ ...parsed(named(all, "waves/3").bytes), no: 4, note: "" }) },
    ]),
  ],
  [
    "publishes a void that it has not logged",
    "void-not-logged",
    `${D}/void.json`,
    () => lying({}).set(`${D}/void.json`, objectBytes({ v: 1 })),
  ],
  ["signs another root than that of its entries", "log-root-wrong", "log/checkpoint", rewrittenLog],
  ["tells the witnesses of the seal another history", "log-inconsistent", `${D}/seal.tlog-proof`, forked],
  ["numbers pools downwards", "file-not-ascending", `${D}/pools`, () => lying({ pools: (honest) => honest.toReversed() })],
  [
    "numbers two pools alike",
    "file-not-ascending",
    `${D}/pools`,
    () => lying({ pools: (honest) => honest.map((pool) => ({ ...pool, pool: 11 })) }),
  ],
  ["announces other pools than it publishes", "pools-differ", `${D}/pools`, manifest({ poolsRoot: ZERO })],
  ["announces a pool more", "pools-differ", `${D}/pools`, manifest({ pools: 4 })],
  [
    "gives a store a name of 129 bytes",
    "file-wrong-form",
    `${D}/pools`,
    () => lying({ pools: (honest) => honest.map((pool) => ({ ...pool, store: "a".repeat(129) })) }),
  ],
  [
    "writes a name in another normal form",
    "file-wrong-form",
    `${D}/pools`,
    () => lying({ pools: (honest) => honest.map((pool) => ({ ...pool, sku: "e\u0301" })) }),
  ],
  ["announces other rules", "file-missing", `rules/${ZERO}`, () => withoutRules(manifest({ rulesHash: ZERO })())],
  [
    "takes an entry a second before the opening",
    "outside-window",
    null,
    entry((e, person) => (person === 0 ? { ...e, s: e.s - 1 } : e)),
  ],
  ["takes an entry at the close", "outside-window", null, entry((e, person) => (person === 0 ? { ...e, s: e.s + 3600 } : e))],
  ["gives a friend nine tickets", "tickets-out-of-range", null, entry((e, person) => (person === 0 ? { ...e, tickets: 9 } : e))],
  ["takes an entry for no pool", "unknown-pool", null, entry((e, person) => (person === 0 ? { ...e, pool: 13 } : e))],
  ["uses a public id twice", "eid-twice", null, entry((e, person) => (person < 2 ? { ...e, eid: new Uint8Array(32) } : e))],
  [
    "excludes for a reason that the table lacks",
    "unknown-exclusion",
    `${D}/exclusions`,
    () => lying({ exclusions: (all) => [{ ...first(all), reason: 16 }] }),
  ],
  [
    "excludes nobody",
    "exclusion-of-nobody",
    `${D}/exclusions`,
    () => lying({ exclusions: () => [{ shard: 2, index: 99, reason: 1 }] }),
  ],
  [
    "excludes in no shard",
    "exclusion-of-nobody",
    `${D}/exclusions`,
    () => lying({ exclusions: () => [{ shard: 3, index: 0, reason: 1 }] }),
  ],
  ["seals other entries", "shards-not-sealed", null, seal({ shardsRoot: ZERO })],
  ["seals other exclusions", "exclusions-not-sealed", `${D}/exclusions`, seal({ exclusionRoot: ZERO })],
  ["seals other tables", "tables-not-sealed", null, seal({ tablesRoot: ZERO })],
  ["seals an entry more", "seal-wrong", `${D}/seal.json`, seal({ entries: 41 })],
  ["seals an exclusion less", "seal-wrong", `${D}/seal.json`, seal({ excluded: 3 })],
  ["seals a ticket less", "seal-wrong", `${D}/seal.json`, seal({ tickets: 1 })],
  ["seals a shard more", "seal-wrong", `${D}/seal.json`, seal({ shards: 4 })],
  ["seals a pool more", "seal-wrong", `${D}/seal.json`, seal({ pools: 4 })],
  ["follows a seal where there is none", "seal-wrong", `${D}/seal.json`, seal({ prev: "01".repeat(32) })],
  ["seals another session", "seal-not-logged", `${D}/seal.json`, seal({ session: "watched-2" })],
  [
    "lets a friend win",
    "result-differs",
    `${D}/results/11`,
    () => lying({ results: ([a, ...rest]) => [{ ...a, winners: a?.winners.toReversed() }, ...rest] as never }),
  ],
  [
    "raises a cut-off",
    "result-differs",
    `${D}/results/11`,
    () => lying({ results: ([a, ...rest]) => [{ ...a, cutoff: new Uint8Array(32).fill(0xff) }, ...rest] as never }),
  ],
  [
    "holds a unit back",
    "result-differs",
    `${D}/results/11`,
    () => lying({ results: ([a, ...rest]) => [{ ...a, winners: a?.winners.slice(1) }, ...rest] as never }),
  ],
  [
    "writes another seed into the result",
    "result-wrong",
    `${D}/result.json`,
    () => lying({ result: (honest) => ({ ...honest, seed: ZERO }) }),
  ],
  [
    "writes another count into the result",
    "result-wrong",
    `${D}/result.json`,
    () => lying({ result: (honest) => ({ ...honest, waits: 99 }) }),
  ],
  [
    "leaves a winner out of wave 1",
    "wave-one-not-winners",
    `${D}/waves/1`,
    waves(([one, ...rest]) => [{ ...one, awards: one.awards.slice(0, -1) }, ...rest]),
  ],
  [
    "skips a rank",
    "wave-rank-gap",
    `${D}/waves/2`,
    waves(([one, two, ...rest]) => [one, { ...two, awards: two.awards.slice(1) }, ...rest]),
  ],
  [
    "awards another entry",
    "wave-award-wrong",
    `${D}/waves/2`,
    waves(([one, two, ...rest]) => [
      one,
      { ...two, awards: two.awards.map((award) => ({ ...award, lh: new Uint8Array(32) })) },
      ...rest,
    ]),
  ],
  [
    "awards in no pool",
    "wave-award-wrong",
    `${D}/waves/2`,
    waves(([one, two, ...rest]) => [
      one,
      { ...two, awards: [{ pool: 1, rank: 0, lh: new Uint8Array(32) }, ...two.awards] },
      ...rest,
    ]),
  ],
  [
    "awards more units than there are",
    "wave-over-stock",
    `${D}/waves/2`,
    waves(([one, two]) => [one, { ...two, lapses: two.lapses.slice(1) }]),
  ],
  [
    "lapses what was not awarded",
    "wave-lapse-wrong",
    `${D}/waves/2`,
    waves(([one, two]) => [one, { ...two, lapses: [{ pool: 11, rank: 7, cause: 1 }] }]),
  ],
  [
    "lapses a unit twice",
    "wave-lapse-wrong",
    `${D}/waves/3`,
    waves(([one, two]) => [one, two, { awards: [], lapses: two.lapses }]),
  ],
  ["loses a hand-over", "settled-wrong", null, () => lying({}, { settled: (honest) => ({ ...honest, handedOver: 0 }) })],
  ["hides a lapse", "settled-wrong", null, () => lying({}, { settled: (honest) => ({ ...honest, lapsed: 2, refunded: 1 }) })],
];

/** Voids that do not count: the session stands, and the report says that there is one. */
export const STANDING_VOIDS: [what: string, files: () => Published][] = [
  ["for want of a seal, which there is", entries(([m, ...rest]) => [m as LogEntry, voidOf([m as LogEntry], "no-seal"), ...rest])],
  ["after the witnesses saw the seal", entries((all) => [...all, voidOf(all, "operator")])],
];

/** What an operator said between announcing and open: it stands in the log beside the manifest, and decides nothing. */
export const withBulletin = entries(([m, ...rest]) => {
  const manifest = hex(manifestHash((m as LogEntry).bytes));
  const text = { "zh-CN": "北店搬到二楼。", en: "The north store is on the second floor now." };
  const value = { v: 1, type: "bulletin", session: SESSION, manifest, no: 1, s: 1_692_800_000, text };
  return [m as LogEntry, { name: "bulletins/1", bytes: objectBytes(value) }, ...rest];
});

const otherKey = () => noteKey("example.com/draws", KEY_TYPE.ed25519, unhex("22".repeat(32)));

function withoutLog(): Setting {
  const { k: _, ...setting } = WATCHED;
  return setting;
}

function publishedKeys() {
  const bytes = publishedSession(WATCHED).files.get(`${D}/manifest.json`) as Bytes;
  return (parsed(bytes) as { witnesses: { keys: { key: string; by: string; brand: boolean }[] } }).witnesses.keys;
}

function withoutRules(files: Published): Published {
  for (const path of files.keys()) if (path.startsWith("rules/")) files.delete(path);
  return files;
}

/** Entries and tiles of one history under the checkpoint of another. */
function rewrittenLog(): Published {
  const files = publishedSession(WATCHED).files;
  const other = publishedSession({ ...WATCHED, history: "another" }).files;
  for (const [path, bytes] of other) if (path.startsWith("log/tile/")) files.set(path, bytes);
  return files;
}

/** The same seal at the same place of another history, with the log's signature and the witnesses'. */
function forked(): Published {
  const files = publishedSession(WATCHED).files;
  const other = publishedSession({ ...WATCHED, history: "another" }).files;
  return files.set(`${D}/seal.tlog-proof`, other.get(`${D}/seal.tlog-proof`) as Bytes);
}
