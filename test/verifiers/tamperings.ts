// One edit of one published file, and the reason that both verifiers must give; then operators who lie from the start and make the rest agree.

import type { Reason } from "../../domain/audit/reasons.ts";
import { type Bytes, join, u8, u32, utf8 } from "../../domain/bytes.ts";
import { ENTRY_BODY } from "../../domain/draw/entry.ts";
import { objectBytes } from "../../domain/draw/manifest.ts";
import { RESULT_BODY } from "../../domain/draw/rank.ts";
import { TABLE_BODY } from "../../domain/draw/table.ts";
import { tag } from "../../domain/draw/tags.ts";
import type { Published, Setting } from "../support/published-session.ts";
import type { Cast } from "../support/small-session.ts";

const CAST: Cast = {
  session: "watched-1",
  shards: 3,
  ticketsMax: 8,
  pools: [
    { pool: 11, sku: "sku-a", store: "store-1", stock: 3, wait: 5 },
    { pool: 12, sku: "sku-a", store: "门店-2", stock: 2, wait: 2 },
    { pool: 40, sku: "sku-b", store: "store-1", stock: 50, wait: 1 },
  ],
  entrants: Array.from({ length: 40 }, (_, person) => ({
    pool: [11, 11, 12, 40][person % 4] as number,
    tickets: 1 + (person % 8),
    s: 80 * person,
  })),
  excluded: { 3: 1, 8: 9, 21: 4, 22: 1 },
};

/** Two cosignatures of three witnesses, a log of two tiles, and two waves after the first. */
export const WATCHED: Setting = {
  cast: CAST,
  k: 2,
  earlier: 258,
  lapsing: [
    (standing) => standing.slice(0, 2).map(({ pool, rank }) => ({ pool, rank, cause: 1 })),
    (standing) => standing.slice(-1).map(({ pool, rank }) => ({ pool, rank, cause: 2 })),
  ],
};

export const SESSION = CAST.session;
const D = `draws/${SESSION}`;

type Edit = (files: Published, foreign: Published) => void;
export type Tampering = [what: string, reason: Reason, file: string | null, edit: Edit];

const change =
  (path: string, how: (bytes: Bytes) => Uint8Array): Edit =>
  (files) =>
    files.set(path, new Uint8Array(how((files.get(path) as Bytes).slice())));
const flip = (path: string, at: number): Edit =>
  change(path, (bytes) => bytes.with(at < 0 ? bytes.length + at : at, (bytes.at(at) as number) ^ 1));
const put = (path: string, at: number, ...values: number[]): Edit =>
  change(path, (bytes) => {
    bytes.set(values, at);
    return bytes;
  });
const cut = (path: string, count = 1): Edit => change(path, (bytes) => bytes.slice(0, -count));
const longer = (path: string): Edit => change(path, (bytes) => join(bytes, u8(0)));
const gone =
  (path: string): Edit =>
  (files) =>
    files.delete(path);
/** The same file of another session of the same operator. */
const foreign =
  (path: string, from = path): Edit =>
  (files, other) =>
    files.set(path, other.get(from.replace(SESSION, "other-1")) as Bytes);
/** Another file of the same session under this name. */
const moved =
  (path: string, from: string): Edit =>
  (files) =>
    files.set(path, files.get(from) as Bytes);
const swap = (path: string, at: number, size: number): Edit =>
  change(path, (b) => join(b.slice(0, at), b.slice(at + size, at + 2 * size), b.slice(at, at + size), b.slice(at + 2 * size)));
const again = (path: string, at: number, size: number): Edit =>
  change(path, (b) => join(b.slice(0, at + size), b.slice(at, at + size), b.slice(at + 2 * size)));
const json = (path: string, edit: object): Edit =>
  change(path, (bytes) => objectBytes({ ...(JSON.parse(new TextDecoder().decode(bytes)) as object), ...edit }));
const text = (path: string, edit: (text: string) => string): Edit =>
  change(path, (bytes) => utf8(edit(new TextDecoder().decode(bytes))));
/** The checkpoint's signature lines, the log's first. */
const lines = (path: string, edit: (lines: string[]) => string[]): Edit =>
  text(path, (note) => {
    const end = note.lastIndexOf("\n\n") + 2;
    return (
      note.slice(0, end) +
      edit(note.slice(end).trimEnd().split("\n"))
        .map((line) => `${line}\n`)
        .join("")
    );
  });
/** Another character in the middle of a signature line's base64. */
const bent = (line: string): string => line.slice(0, -20) + (line.at(-20) === "A" ? "B" : "A") + line.slice(-19);

const head = (name: string, numbers: number): number => tag(name).length + 32 + numbers;
const ENTRY = head("bundle-shard", 6);
const TABLE = head("bundle-table", 8);
const RESULT = head("bundle-result", 0);
const EXCLUSION = head("bundle-exclusions", 4);
const WAVE = head("bundle-wave", 8);

/** drand quicknet, rounds 1 and 13,335 as its relays give them, the second also with x + p written for x. */
const ROUND_1 = "b55e7cb2d5c613ee0b2e28d6750aabbb78c39dcc96bd9d38c2c2e12198df95571de8e8e402a0cc48871c7089a2b3af4b";
const NEGATED_1000 = "944679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
const INFINITY = `c0${"00".repeat(47)}`;
const OUTSIDE_THE_GROUP = `80${"00".repeat(47)}`;

/** With a log that k = 2 witnesses cosigned. */
export const WITH_LOG: Tampering[] = [
  ["the manifest is gone", "file-missing", `${D}/manifest.json`, gone(`${D}/manifest.json`)],
  [
    "the manifest with a space",
    "file-not-canonical",
    `${D}/manifest.json`,
    text(`${D}/manifest.json`, (t) => t.replace(",", ", ")),
  ],
  ["the manifest with a member more", "file-wrong-form", `${D}/manifest.json`, json(`${D}/manifest.json`, { note: "" })],
  ["a manifest of another rule", "file-wrong-form", `${D}/manifest.json`, json(`${D}/manifest.json`, { alg: "first-come" })],
  ["a manifest that closes before it opens", "file-wrong-form", `${D}/manifest.json`, json(`${D}/manifest.json`, { close: 1 })],
  ["the manifest of another session", "file-foreign", `${D}/manifest.json`, foreign(`${D}/manifest.json`)],
  [
    "a manifest that closes a second later",
    "round-formula",
    `${D}/manifest.json`,
    change(`${D}/manifest.json`, (b) => objectBytes(laterBy(3, b))),
  ],
  ["a manifest of another market", "manifest-not-logged", `${D}/manifest.json`, json(`${D}/manifest.json`, { market: "DE" })],
  [
    "a manifest without witnesses",
    "manifest-not-logged",
    `${D}/manifest.json`,
    json(`${D}/manifest.json`, { witnesses: { k: 0, keys: [] } }),
  ],
  [
    "a manifest with a broken key",
    "witness-keys",
    `${D}/manifest.json`,
    json(`${D}/manifest.json`, oneWitness("w1+00000000+AA==")),
  ],
  ["the log is gone", "log-missing", "log/checkpoint", gone("log/checkpoint")],
  ["the log's key is gone", "file-missing", "log/vkey", gone("log/vkey")],
  ["the log's key cut", "log-key", "log/vkey", cut("log/vkey", 4)],
  [
    "a checkpoint without signatures",
    "checkpoint-form",
    "log/checkpoint",
    text("log/checkpoint", (t) => t.slice(0, t.indexOf("\n\n"))),
  ],
  [
    "a checkpoint with a line more",
    "checkpoint-form",
    "log/checkpoint",
    text("log/checkpoint", (t) => t.replace("\n\n", "\nmore\n\n")),
  ],
  [
    "a checkpoint of another size",
    "log-signature",
    "log/checkpoint",
    text("log/checkpoint", (t) => t.replace("\n265\n", "\n264\n")),
  ],
  ["a checkpoint with another root", "log-signature", "log/checkpoint", text("log/checkpoint", withAnotherRoot)],
  [
    "the checkpoint of another log",
    "other-log",
    "log/checkpoint",
    text("log/checkpoint", (t) => t.replaceAll("example.com/draws", "example.com/other")),
  ],
  [
    "another signature of the log",
    "log-signature",
    "log/checkpoint",
    lines("log/checkpoint", ([log = "", ...rest]) => [bent(log), ...rest]),
  ],
  ["no signature of the log", "log-signature", "log/checkpoint", lines("log/checkpoint", ([, ...rest]) => rest)],
  [
    "the log's signature twice",
    "checkpoint-form",
    "log/checkpoint",
    lines("log/checkpoint", ([log = "", ...rest]) => [log, log, ...rest]),
  ],
  [
    "another cosignature on the checkpoint",
    "cosignature",
    "log/checkpoint",
    lines("log/checkpoint", ([log = "", w = "", ...rest]) => [log, bent(w), ...rest]),
  ],
  ["an older checkpoint replayed", "seal-not-logged", `${D}/seal.json`, replayed],
  ["an entry of the log changed", "log-entry-wrong", "log/tile/entries/001.p/9", flip("log/tile/entries/001.p/9", 20)],
  ["an entry of an earlier session changed", "log-entry-wrong", "log/tile/entries/000", flip("log/tile/entries/000", 40)],
  ["a bundle of entries cut", "file-truncated", "log/tile/entries/001.p/9", cut("log/tile/entries/001.p/9")],
  ["a bundle of entries longer", "file-too-long", "log/tile/entries/000", longer("log/tile/entries/000")],
  ["a bundle of entries is gone", "file-missing", "log/tile/entries/000", gone("log/tile/entries/000")],
  ["a hash in a tile changed", "log-tile-wrong", "log/tile/0/000", flip("log/tile/0/000", 64)],
  ["two hashes of a tile swapped", "log-tile-wrong", "log/tile/0/001.p/9", swap("log/tile/0/001.p/9", 32, 32)],
  ["the upper tile changed", "log-tile-wrong", "log/tile/1/000.p/1", flip("log/tile/1/000.p/1", 0)],
  ["a tile cut", "file-truncated", "log/tile/0/000", cut("log/tile/0/000")],
  ["a tile is gone", "file-missing", "log/tile/1/000.p/1", gone("log/tile/1/000.p/1")],
  ["the seal is gone", "file-missing", `${D}/seal.json`, gone(`${D}/seal.json`)],
  ["a seal that counts one entry less", "seal-not-logged", `${D}/seal.json`, json(`${D}/seal.json`, { entries: 39 })],
  ["the seal of another session", "seal-not-logged", `${D}/seal.json`, foreign(`${D}/seal.json`)],
  ["a result with a winner more", "result-not-logged", `${D}/result.json`, json(`${D}/result.json`, { winners: 9 })],
  ["the result is gone", "file-missing", `${D}/result.json`, gone(`${D}/result.json`)],
  ["a wave's times changed", "wave-not-logged", `${D}/waves/1.json`, json(`${D}/waves/1.json`, { payBy: 2_000_000_000 })],
  ["another settlement", "settled-not-logged", `${D}/settled.json`, json(`${D}/settled.json`, { refunded: 1 })],
  ["a proof is gone", "file-missing", `${D}/seal.tlog-proof`, gone(`${D}/seal.tlog-proof`)],
  [
    "a proof without its first line",
    "proof-form",
    `${D}/seal.tlog-proof`,
    text(`${D}/seal.tlog-proof`, (t) => t.slice(t.indexOf("\n") + 1)),
  ],
  [
    "a proof of another place",
    "proof-wrong",
    `${D}/seal.tlog-proof`,
    text(`${D}/seal.tlog-proof`, (t) => t.replace("index 259", "index 258")),
  ],
  ["a proof with a hash left out", "proof-wrong", `${D}/result.tlog-proof`, text(`${D}/result.tlog-proof`, withoutHash)],
  ["the proof of another entry", "proof-wrong", `${D}/seal.tlog-proof`, moved(`${D}/seal.tlog-proof`, `${D}/result.tlog-proof`)],
  ["the proof of another session", "proof-wrong", `${D}/seal.tlog-proof`, foreign(`${D}/seal.tlog-proof`)],
  ["a cosignature left out", "no-quorum", `${D}/seal.tlog-proof`, lines(`${D}/seal.tlog-proof`, (list) => list.slice(0, 2))],
  ["a cosignature replayed from another checkpoint", "cosignature", `${D}/seal.tlog-proof`, withForeignCosignature],
  [
    "a cosignature twice",
    "cosignature",
    `${D}/seal.tlog-proof`,
    lines(`${D}/seal.tlog-proof`, ([log = "", w = ""]) => [log, w, w]),
  ],
  ["the rules are gone", "file-missing", null, (files) => files.delete(rulesOf(files))],
  [
    "another rule",
    "rules-differ",
    null,
    (files, other) => change(rulesOf(files), (b) => join(b, utf8("Friends first.\n")))(files, other),
  ],
  ["a unit less in a pool", "pools-differ", `${D}/pools`, flip(`${D}/pools`, -5)],
  ["the pools cut", "file-truncated", `${D}/pools`, cut(`${D}/pools`)],
  ["the pools of another session", "file-foreign", `${D}/pools`, foreign(`${D}/pools`)],
  ["a pool's name that is no text", "file-wrong-form", `${D}/pools`, put(`${D}/pools`, head("bundle-pools", 4) + 6, 0xff)],
  [
    "a ticket more in an entry",
    "shards-not-sealed",
    null,
    change(`${D}/shards/0`, (b) => b.with(ENTRY, ((b[ENTRY] as number) % 8) + 1)),
  ],
  ["nine tickets", "tickets-out-of-range", `${D}/shards/0`, put(`${D}/shards/0`, ENTRY, 9)],
  ["an entry without tickets", "tickets-out-of-range", `${D}/shards/2`, put(`${D}/shards/2`, ENTRY + ENTRY_BODY, 0)],
  ["an entry of long ago", "outside-window", `${D}/shards/1`, put(`${D}/shards/1`, ENTRY + 1, 0, 0, 0, 0, 0)],
  ["an entry of the year 2^60", "outside-window", `${D}/shards/1`, put(`${D}/shards/1`, ENTRY + 1, 0x10)],
  ["an entry in no pool", "unknown-pool", `${D}/shards/0`, put(`${D}/shards/0`, ENTRY + 45, 99)],
  ["an entry in two pools", "file-wrong-form", `${D}/shards/0`, put(`${D}/shards/0`, ENTRY + 41, 2)],
  [
    "an entry in another pool",
    "shards-not-sealed",
    null,
    change(`${D}/shards/0`, (b) => b.with(ENTRY + 45, b[ENTRY + 45] === 40 ? 11 : 40)),
  ],
  ["another public id", "shards-not-sealed", null, flip(`${D}/shards/1`, ENTRY + 9)],
  ["two entries of a shard swapped", "shards-not-sealed", null, swap(`${D}/shards/0`, ENTRY, ENTRY_BODY)],
  ["an entry copied over another", "eid-twice", null, again(`${D}/shards/0`, ENTRY, ENTRY_BODY)],
  ["the last entry of a shard dropped", "shards-not-sealed", null, dropLastEntry],
  ["a shard cut", "file-truncated", `${D}/shards/2`, cut(`${D}/shards/2`)],
  ["a shard longer", "file-too-long", `${D}/shards/2`, longer(`${D}/shards/2`)],
  ["a shard is gone", "file-missing", `${D}/shards/1`, gone(`${D}/shards/1`)],
  ["another shard under this name", "file-misplaced", `${D}/shards/0`, moved(`${D}/shards/0`, `${D}/shards/1`)],
  ["the shard of another session", "file-foreign", `${D}/shards/0`, foreign(`${D}/shards/0`)],
  ["a shard of another kind", "file-wrong-form", `${D}/shards/0`, flip(`${D}/shards/0`, 10)],
  ["another reason", "exclusions-not-sealed", `${D}/exclusions`, put(`${D}/exclusions`, EXCLUSION + 6, 2)],
  ["a reason of the door", "unknown-exclusion", `${D}/exclusions`, put(`${D}/exclusions`, EXCLUSION + 6, 34)],
  ["an exclusion of nobody", "exclusion-of-nobody", `${D}/exclusions`, put(`${D}/exclusions`, -0 + EXCLUSION + 3 * 7 + 4, 200)],
  ["two exclusions swapped", "file-not-ascending", `${D}/exclusions`, swap(`${D}/exclusions`, EXCLUSION, 7)],
  ["an exclusion twice", "file-not-ascending", `${D}/exclusions`, again(`${D}/exclusions`, EXCLUSION, 7)],
  ["the exclusions of another session", "file-foreign", `${D}/exclusions`, foreign(`${D}/exclusions`)],
  ["a ticket more in a table", "table-differs", `${D}/tables/11`, put(`${D}/tables/11`, TABLE + 32, 9)],
  ["another leaf in a table", "table-differs", `${D}/tables/12`, flip(`${D}/tables/12`, TABLE + 31)],
  ["two rows of a table swapped", "file-not-ascending", `${D}/tables/11`, swap(`${D}/tables/11`, TABLE, TABLE_BODY)],
  ["a row of another pool", "file-wrong-form", `${D}/tables/11`, put(`${D}/tables/11`, TABLE + 37, 12)],
  ["a row of a table dropped", "table-differs", `${D}/tables/40`, dropLastRow],
  ["the table of another pool", "file-misplaced", `${D}/tables/11`, moved(`${D}/tables/11`, `${D}/tables/12`)],
  ["the table of another session", "file-foreign", `${D}/tables/11`, foreign(`${D}/tables/11`)],
  ["a table cut", "file-truncated", `${D}/tables/11`, cut(`${D}/tables/11`, TABLE_BODY)],
  ["the beacon is gone", "file-missing", `${D}/beacon.json`, gone(`${D}/beacon.json`)],
  [
    "another round with its true signature",
    "round-changed",
    `${D}/beacon.json`,
    json(`${D}/beacon.json`, { round: 1, signature: ROUND_1 }),
  ],
  ["another chain", "round-changed", `${D}/beacon.json`, json(`${D}/beacon.json`, { chain: "00".repeat(32) })],
  ["the signature of another round", "beacon-signature", `${D}/beacon.json`, json(`${D}/beacon.json`, { signature: ROUND_1 })],
  ["the negated point", "beacon-signature", `${D}/beacon.json`, json(`${D}/beacon.json`, { signature: NEGATED_1000 })],
  ["the point at infinity", "beacon-encoding", `${D}/beacon.json`, json(`${D}/beacon.json`, { signature: INFINITY })],
  [
    "a point outside of the group",
    "beacon-encoding",
    `${D}/beacon.json`,
    json(`${D}/beacon.json`, { signature: OUTSIDE_THE_GROUP }),
  ],
  ["a signature of nothing", "beacon-encoding", `${D}/beacon.json`, json(`${D}/beacon.json`, { signature: "" })],
  ["half a byte", "beacon-encoding", `${D}/beacon.json`, json(`${D}/beacon.json`, { signature: ROUND_1.slice(1) })],
  [
    "a signature in capitals",
    "file-wrong-form",
    `${D}/beacon.json`,
    json(`${D}/beacon.json`, { signature: ROUND_1.toUpperCase() }),
  ],
  ["a unit less for a pool", "result-differs", `${D}/results/11`, flip(`${D}/results/11`, RESULT + 7)],
  ["a winner less", "result-differs", `${D}/results/11`, put(`${D}/results/11`, RESULT + 15, 2)],
  ["a lower cut-off", "result-differs", `${D}/results/11`, flip(`${D}/results/11`, RESULT + 51)],
  ["another root of the winners", "result-differs", `${D}/results/12`, flip(`${D}/results/12`, RESULT + 52)],
  ["two winners swapped", "result-differs", `${D}/results/11`, swap(`${D}/results/11`, RESULT + RESULT_BODY, 64)],
  ["another winner", "result-differs", `${D}/results/11`, flip(`${D}/results/11`, RESULT + RESULT_BODY)],
  ["another score", "result-differs", `${D}/results/11`, flip(`${D}/results/11`, -1)],
  ["the result of another pool", "file-misplaced", `${D}/results/11`, moved(`${D}/results/11`, `${D}/results/12`)],
  ["the result of another session", "file-foreign", `${D}/results/11`, foreign(`${D}/results/11`)],
  ["a result cut", "file-truncated", `${D}/results/40`, cut(`${D}/results/40`)],
  ["a result longer", "file-too-long", `${D}/results/40`, longer(`${D}/results/40`)],
  ["a wave is gone", "file-missing", `${D}/waves/2`, gone(`${D}/waves/2`)],
  ["a wave cut", "file-truncated", `${D}/waves/1`, cut(`${D}/waves/1`)],
  ["another wave under this name", "file-misplaced", `${D}/waves/2`, moved(`${D}/waves/2`, `${D}/waves/1`)],
  ["the wave of another session", "file-foreign", `${D}/waves/1`, foreign(`${D}/waves/1`)],
  ["two awards swapped", "file-not-ascending", `${D}/waves/1`, swap(`${D}/waves/1`, WAVE, 40)],
  ["another entry awarded", "wave-differs", `${D}/waves/1`, flip(`${D}/waves/1`, WAVE + 8)],
  ["another cause of a lapse", "wave-differs", `${D}/waves/2`, put(`${D}/waves/2`, WAVE + 2 * 40 + 4 + 8, 3)],
  ["an unknown cause of a lapse", "file-wrong-form", `${D}/waves/2`, put(`${D}/waves/2`, WAVE + 2 * 40 + 4 + 8, 5)],
];

/** Without a log nothing says at once that a file was changed: the draw has to. */
export const WITHOUT_LOG: Tampering[] = [
  ["a manifest of another market", "file-foreign", `${D}/pools`, json(`${D}/manifest.json`, { market: "DE" })],
  ["the seal of another session", "file-foreign", `${D}/seal.json`, foreign(`${D}/seal.json`)],
  ["the result of another session", "file-foreign", `${D}/result.json`, foreign(`${D}/result.json`)],
  ["the seal with its members in another order", "file-not-canonical", `${D}/seal.json`, text(`${D}/seal.json`, reordered)],
  ["the seal with a member more", "file-wrong-form", `${D}/seal.json`, json(`${D}/seal.json`, { note: "" })],
  ["a seal of 4,096 bytes", "file-wrong-form", `${D}/seal.json`, json(`${D}/seal.json`, { note: "a".repeat(4096) })],
  ["a seal that is no text", "file-not-canonical", `${D}/seal.json`, put(`${D}/seal.json`, 1, 0xff)],
  ["a seal that counts one entry less", "seal-wrong", `${D}/seal.json`, json(`${D}/seal.json`, { entries: 39 })],
  ["a seal with half a hash", "file-wrong-form", `${D}/seal.json`, json(`${D}/seal.json`, { prev: "00" })],
  ["a seal over other tables", "tables-not-sealed", null, json(`${D}/seal.json`, { tablesRoot: "00".repeat(32) })],
  ["a result with a winner more", "result-wrong", `${D}/result.json`, json(`${D}/result.json`, { winners: 9 })],
  ["a result with a number that is none", "file-wrong-form", `${D}/result.json`, json(`${D}/result.json`, { winners: "8" })],
  ["no winner awarded", "wave-one-not-winners", `${D}/waves/1`, emptyWave],
  ["another entry awarded", "wave-award-wrong", `${D}/waves/1`, flip(`${D}/waves/1`, WAVE + 8)],
  ["a unit lapses that nobody holds", "wave-lapse-wrong", `${D}/waves/2`, put(`${D}/waves/2`, WAVE + 2 * 40 + 4 + 9 + 7, 50)],
];

function reordered(text: string): string {
  const [first, ...rest] = text.slice(1, -1).split(",");
  return `{${[...rest, first].join(",")}}`;
}

function emptyWave(files: Published): void {
  const bytes = files.get(`${D}/waves/1`) as Bytes;
  files.set(`${D}/waves/1`, join(bytes.slice(0, WAVE - 4), u32(0), u32(0)));
}

function laterBy(seconds: number, bytes: Bytes): object {
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as { close: number };
  return { ...manifest, close: manifest.close + seconds };
}

function oneWitness(key: string): object {
  return { witnesses: { k: 1, keys: [{ key, by: "Nobody", brand: false }] } };
}

function withAnotherRoot(note: string): string {
  const [origin, size, root = "", ...rest] = note.split("\n");
  return [origin, size, `${root.startsWith("A") ? "B" : "A"}${root.slice(1)}`, ...rest].join("\n");
}

const rulesOf = (files: Published): string => [...files.keys()].find((path) => path.startsWith("rules/")) as string;

/** The checkpoint by which the manifest was covered, put in the newest one's place with its own tiles. */
function replayed(files: Published): void {
  const proof = new TextDecoder().decode(files.get(`${D}/manifest.tlog-proof`));
  files.set("log/checkpoint", utf8(proof.slice(proof.indexOf("\n\n") + 2)));
  const bundle = files.get("log/tile/entries/001.p/9") as Bytes;
  let at = 0;
  for (let entry = 0; entry < 3; entry++) at += 2 + (bundle[at] as number) * 256 + (bundle[at + 1] as number);
  files.set("log/tile/entries/001.p/3", bundle.slice(0, at));
  files.set("log/tile/0/001.p/3", (files.get("log/tile/0/001.p/9") as Bytes).slice(0, 96));
}

function withoutHash(proof: string): string {
  const list = proof.split("\n");
  list.splice(2, 1);
  return list.join("\n");
}

function withForeignCosignature(files: Published, other: Published): void {
  const lastLine = (path: string) => new TextDecoder().decode(files.get(path)).trimEnd().split("\n").at(-1) as string;
  const theirs = lastLine(`${D}/result.tlog-proof`);
  lines(`${D}/seal.tlog-proof`, (list) => [...list.slice(0, -1), theirs])(files, other);
}

function dropLastEntry(files: Published): void {
  const path = `${D}/shards/0`;
  const bytes = files.get(path) as Bytes;
  const n = (bytes.length - ENTRY) / ENTRY_BODY - 1;
  files.set(path, join(bytes.slice(0, ENTRY - 4), u32(n), bytes.slice(ENTRY, -ENTRY_BODY)));
}

function dropLastRow(files: Published): void {
  const path = `${D}/tables/40`;
  const bytes = files.get(path) as Bytes;
  const n = (bytes.length - TABLE) / TABLE_BODY - 1;
  files.set(path, join(bytes.slice(0, TABLE - 4), u32(n), bytes.slice(TABLE, -TABLE_BODY)));
}
